-- The user's configuration: schema saaras_db, as Enroute has it. Column order, types, defaults, constraint names and
-- sequence names are part of the GraphQL API and of existing dumps; they never change.
-- bigserial names its sequence <table>_<column>_seq, which is the name wanted everywhere but in globalconfig.

CREATE SCHEMA saaras_db;

-- Update triggers ------------------------------------------------------------------------------------------------

CREATE FUNCTION saaras_db.set_current_timestamp_update_ts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.update_ts = now();
  RETURN NEW;
END $$;

CREATE FUNCTION saaras_db.set_current_timestamp_updated_as() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_as = now();
  RETURN NEW;
END $$;

CREATE FUNCTION saaras_db.set_current_timestamp_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at = now();
  RETURN NEW;
END $$;

CREATE FUNCTION saaras_db.set_current_timestamp_updated_ts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_ts = now();
  RETURN NEW;
END $$;

-- Things ---------------------------------------------------------------------------------------------------------

CREATE TABLE saaras_db.proxy (
  proxy_id bigserial NOT NULL,
  proxy_name character varying NOT NULL,
  create_ts timestamp with time zone NOT NULL DEFAULT now(),
  delete_flag boolean DEFAULT false,
  update_ts timestamp with time zone DEFAULT now(),
  proxy_config text,
  config_json jsonb,
  CONSTRAINT proxy_pkey PRIMARY KEY (proxy_id),
  CONSTRAINT proxy_proxy_name_key UNIQUE (proxy_name)
);

CREATE TABLE saaras_db.service (
  service_id bigserial NOT NULL,
  service_name character varying NOT NULL,
  fqdn character varying,
  create_ts timestamp with time zone DEFAULT now(),
  delete_flag boolean DEFAULT false,
  update_ts timestamp with time zone DEFAULT now(),
  config_json jsonb,
  service_config text,
  CONSTRAINT service_pkey PRIMARY KEY (service_id),
  CONSTRAINT service_service_name_key UNIQUE (service_name)
);

CREATE TABLE saaras_db.route (
  route_id bigserial NOT NULL,
  route_name character varying NOT NULL,
  route_prefix text,
  create_ts timestamp with time zone DEFAULT now(),
  delete_flag boolean DEFAULT false,
  service_id bigint NOT NULL,
  update_ts timestamp with time zone DEFAULT now(),
  config_json jsonb,
  route_config text,
  CONSTRAINT route_pkey PRIMARY KEY (route_id),
  CONSTRAINT route_service_id_route_name_key UNIQUE (service_id, route_name)
);

CREATE TABLE saaras_db.upstream (
  upstream_id bigserial NOT NULL,
  upstream_name character varying NOT NULL,
  upstream_ip character varying,
  upstream_port integer,
  create_ts timestamp with time zone DEFAULT now(),
  delete_flag boolean DEFAULT false,
  upstream_weight integer DEFAULT 100,
  upstream_hc_path character varying,
  upstream_hc_host character varying,
  upstream_hc_intervalseconds integer,
  upstream_hc_unhealthythresholdcount integer,
  upstream_hc_healthythresholdcount integer,
  upstream_strategy character varying,
  upstream_validation_cacertificate character varying,
  upstream_validation_subjectname character varying,
  upstream_hc_timeoutseconds integer,
  update_ts timestamp with time zone DEFAULT now(),
  upstream_protocol text,
  config_json jsonb,
  upstream_config text,
  CONSTRAINT upstream_pkey PRIMARY KEY (upstream_id),
  CONSTRAINT upstream_upstream_name_key UNIQUE (upstream_name)
);

CREATE TABLE saaras_db.secret (
  secret_id bigserial NOT NULL,
  secret_name character varying NOT NULL,
  create_ts timestamp with time zone NOT NULL DEFAULT now(),
  delete_flag boolean NOT NULL DEFAULT false,
  secret_key character varying,
  secret_cert character varying,
  secret_sni character varying,
  update_ts timestamp with time zone DEFAULT now(),
  CONSTRAINT secret_pkey PRIMARY KEY (secret_id),
  CONSTRAINT secret_secret_name_key UNIQUE (secret_name)
);

-- The default of secret_id is an accident of the original; nothing relies on it.
CREATE TABLE saaras_db.artifact (
  artifact_id bigserial NOT NULL,
  artifact_name character varying NOT NULL,
  artifact_type character varying NOT NULL,
  artifact_value character varying NOT NULL,
  secret_id bigserial NOT NULL,
  create_ts timestamp with time zone DEFAULT now(),
  update_ts timestamp with time zone DEFAULT now(),
  delete_flag boolean DEFAULT false,
  CONSTRAINT artifact_pkey PRIMARY KEY (artifact_id),
  CONSTRAINT artifact_artifact_name_key UNIQUE (artifact_name)
);

CREATE TABLE saaras_db.filter (
  filter_id bigserial NOT NULL,
  filter_name text NOT NULL,
  filter_type text,
  create_ts timestamp with time zone NOT NULL DEFAULT now(),
  update_ts timestamp with time zone NOT NULL DEFAULT now(),
  filter_config text,
  config_json jsonb,
  CONSTRAINT filter_pkey PRIMARY KEY (filter_id),
  CONSTRAINT filter_filter_name_key UNIQUE (filter_name)
);

-- Once called proxy_config: its key, its second unique constraint and its sequence kept those names.
CREATE SEQUENCE saaras_db.proxy_config_proxy_config_id_seq;
CREATE TABLE saaras_db.globalconfig (
  globalconfig_id bigint NOT NULL DEFAULT nextval('saaras_db.proxy_config_proxy_config_id_seq'),
  create_ts timestamp with time zone NOT NULL DEFAULT now(),
  update_ts timestamp with time zone NOT NULL DEFAULT now(),
  delete_flag boolean,
  globalconfig_type text,
  config text,
  globalconfig_name text NOT NULL,
  config_json jsonb,
  CONSTRAINT proxy_config_pkey PRIMARY KEY (globalconfig_id),
  CONSTRAINT globalconfig_globalconfig_name_key UNIQUE (globalconfig_name)
);
-- In a statement of its own: CREATE TABLE drops a unique constraint on the primary key's columns without a word.
ALTER TABLE saaras_db.globalconfig ADD CONSTRAINT globalconfig_proxy_config_id_key UNIQUE (globalconfig_id);
ALTER SEQUENCE saaras_db.proxy_config_proxy_config_id_seq OWNED BY saaras_db.globalconfig.globalconfig_id;

CREATE TABLE saaras_db.org (
  org_id bigserial NOT NULL,
  org_name character varying NOT NULL,
  create_ts timestamp with time zone DEFAULT now(),
  update_ts timestamp with time zone DEFAULT now(),
  delete_flag boolean DEFAULT false,
  CONSTRAINT org_pkey PRIMARY KEY (org_id),
  CONSTRAINT org_org_name_key UNIQUE (org_name)
);

-- Links ----------------------------------------------------------------------------------------------------------
-- Some keys are integer though the parent's is bigint, and some foreign keys have sequence defaults: as in the original.

CREATE TABLE saaras_db.proxy_service (
  proxy_id bigint NOT NULL,
  service_id bigint NOT NULL,
  proxy_service_id bigserial NOT NULL,
  create_ts timestamp with time zone NOT NULL DEFAULT now(),
  delete_flag boolean,
  update_ts timestamp with time zone DEFAULT now(),
  CONSTRAINT proxy_service_pkey PRIMARY KEY (proxy_service_id),
  CONSTRAINT proxy_service_proxy_id_service_id_key UNIQUE (proxy_id, service_id)
);

CREATE TABLE saaras_db.proxy_globalconfig (
  proxy_id integer NOT NULL,
  globalconfig_id integer NOT NULL,
  CONSTRAINT proxy_globalconfig_pkey PRIMARY KEY (proxy_id, globalconfig_id)
);

CREATE TABLE saaras_db.route_upstream (
  route_upstream_id bigserial NOT NULL,
  route_id bigserial NOT NULL,
  upstream_id bigserial NOT NULL,
  create_ts timestamp with time zone DEFAULT now(),
  delete_flag boolean DEFAULT false,
  update_ts timestamp with time zone DEFAULT now(),
  CONSTRAINT route_upstream_pkey PRIMARY KEY (route_upstream_id),
  CONSTRAINT route_upstream_route_id_upstream_id_key UNIQUE (route_id, upstream_id)
);

CREATE TABLE saaras_db.route_filter (
  route_id bigint NOT NULL,
  filter_id bigint NOT NULL,
  create_ts timestamp with time zone DEFAULT now(),
  update_ts timestamp with time zone,
  CONSTRAINT route_filter_pkey PRIMARY KEY (route_id, filter_id)
);

CREATE TABLE saaras_db.service_filter (
  service_id integer NOT NULL,
  filter_id integer NOT NULL,
  create_ts timestamp with time zone DEFAULT now(),
  update_ts timestamp with time zone DEFAULT now(),
  delete_flag boolean,
  CONSTRAINT service_filter_pkey PRIMARY KEY (service_id, filter_id)
);

CREATE TABLE saaras_db.service_secret (
  service_secret_id bigserial NOT NULL,
  service_id bigserial NOT NULL,
  secret_id bigserial NOT NULL,
  create_ts timestamp with time zone NOT NULL DEFAULT now(),
  delete_flag boolean NOT NULL DEFAULT false,
  update_ts timestamp with time zone DEFAULT now(),
  CONSTRAINT service_secret_pkey PRIMARY KEY (service_secret_id),
  CONSTRAINT service_secret_service_id_secret_id_key UNIQUE (service_id, secret_id)
);

CREATE TABLE saaras_db.filter_upstream (
  filter_id integer NOT NULL,
  upstream_id integer NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT filter_upstream_pkey PRIMARY KEY (filter_id, upstream_id)
);

-- Foreign keys ---------------------------------------------------------------------------------------------------
-- The order counts: when several links block a delete, Postgres names the foreign key that was created first.

ALTER TABLE saaras_db.artifact ADD CONSTRAINT artifact_secret_id_fkey
  FOREIGN KEY (secret_id) REFERENCES saaras_db.secret (secret_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.filter_upstream ADD CONSTRAINT filter_upstream_filter_id_fkey
  FOREIGN KEY (filter_id) REFERENCES saaras_db.filter (filter_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.filter_upstream ADD CONSTRAINT filter_upstream_upstream_id_fkey
  FOREIGN KEY (upstream_id) REFERENCES saaras_db.upstream (upstream_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.proxy_globalconfig ADD CONSTRAINT proxy_globalconfig_globalconfig_id_fkey
  FOREIGN KEY (globalconfig_id) REFERENCES saaras_db.globalconfig (globalconfig_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.proxy_globalconfig ADD CONSTRAINT proxy_globalconfig_proxy_id_fkey
  FOREIGN KEY (proxy_id) REFERENCES saaras_db.proxy (proxy_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.proxy_service ADD CONSTRAINT proxy_service_proxy_id_fkey
  FOREIGN KEY (proxy_id) REFERENCES saaras_db.proxy (proxy_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.proxy_service ADD CONSTRAINT proxy_service_service_id_fkey
  FOREIGN KEY (service_id) REFERENCES saaras_db.service (service_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.route_filter ADD CONSTRAINT route_filter_filter_id_fkey
  FOREIGN KEY (filter_id) REFERENCES saaras_db.filter (filter_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.route_filter ADD CONSTRAINT route_filter_route_id_fkey
  FOREIGN KEY (route_id) REFERENCES saaras_db.route (route_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.route ADD CONSTRAINT route_service_id_fkey
  FOREIGN KEY (service_id) REFERENCES saaras_db.service (service_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.route_upstream ADD CONSTRAINT route_upstream_route_id_fkey
  FOREIGN KEY (route_id) REFERENCES saaras_db.route (route_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.route_upstream ADD CONSTRAINT route_upstream_upstream_id_fkey
  FOREIGN KEY (upstream_id) REFERENCES saaras_db.upstream (upstream_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.service_filter ADD CONSTRAINT service_filter_filter_id_fkey
  FOREIGN KEY (filter_id) REFERENCES saaras_db.filter (filter_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.service_filter ADD CONSTRAINT service_filter_service_id_fkey
  FOREIGN KEY (service_id) REFERENCES saaras_db.service (service_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.service_secret ADD CONSTRAINT service_secret_secret_id_fkey
  FOREIGN KEY (secret_id) REFERENCES saaras_db.secret (secret_id) ON UPDATE RESTRICT ON DELETE RESTRICT;
ALTER TABLE saaras_db.service_secret ADD CONSTRAINT service_secret_service_id_fkey
  FOREIGN KEY (service_id) REFERENCES saaras_db.service (service_id) ON UPDATE RESTRICT ON DELETE RESTRICT;

-- Indexes --------------------------------------------------------------------------------------------------------
-- Not in the original: one for each foreign key that no unique constraint begins with, so that reading a parent's
-- children, and the check before a parent's delete, do not scan the table.

CREATE INDEX artifact_secret_id_idx ON saaras_db.artifact (secret_id);
CREATE INDEX filter_upstream_upstream_id_idx ON saaras_db.filter_upstream (upstream_id);
CREATE INDEX proxy_globalconfig_globalconfig_id_idx ON saaras_db.proxy_globalconfig (globalconfig_id);
CREATE INDEX proxy_service_service_id_idx ON saaras_db.proxy_service (service_id);
CREATE INDEX route_filter_filter_id_idx ON saaras_db.route_filter (filter_id);
CREATE INDEX route_upstream_upstream_id_idx ON saaras_db.route_upstream (upstream_id);
CREATE INDEX service_filter_filter_id_idx ON saaras_db.service_filter (filter_id);
CREATE INDEX service_secret_secret_id_idx ON saaras_db.service_secret (secret_id);

-- Triggers -------------------------------------------------------------------------------------------------------

CREATE TRIGGER set_saaras_db_proxy_update_ts BEFORE UPDATE ON saaras_db.proxy
  FOR EACH ROW EXECUTE FUNCTION saaras_db.set_current_timestamp_update_ts();
CREATE TRIGGER set_saaras_db_service_update_ts BEFORE UPDATE ON saaras_db.service
  FOR EACH ROW EXECUTE FUNCTION saaras_db.set_current_timestamp_update_ts();
CREATE TRIGGER set_saaras_db_route_update_ts BEFORE UPDATE ON saaras_db.route
  FOR EACH ROW EXECUTE FUNCTION saaras_db.set_current_timestamp_update_ts();
CREATE TRIGGER set_saaras_db_upstream_update_ts BEFORE UPDATE ON saaras_db.upstream
  FOR EACH ROW EXECUTE FUNCTION saaras_db.set_current_timestamp_update_ts();
CREATE TRIGGER set_saaras_db_secret_update_ts BEFORE UPDATE ON saaras_db.secret
  FOR EACH ROW EXECUTE FUNCTION saaras_db.set_current_timestamp_update_ts();
CREATE TRIGGER set_saaras_db_proxy_service_update_ts BEFORE UPDATE ON saaras_db.proxy_service
  FOR EACH ROW EXECUTE FUNCTION saaras_db.set_current_timestamp_update_ts();
CREATE TRIGGER set_saaras_db_route_upstream_update_ts BEFORE UPDATE ON saaras_db.route_upstream
  FOR EACH ROW EXECUTE FUNCTION saaras_db.set_current_timestamp_update_ts();
CREATE TRIGGER set_saaras_db_service_secret_update_ts BEFORE UPDATE ON saaras_db.service_secret
  FOR EACH ROW EXECUTE FUNCTION saaras_db.set_current_timestamp_update_ts();
CREATE TRIGGER set_saaras_db_filter_upstream_updated_at BEFORE UPDATE ON saaras_db.filter_upstream
  FOR EACH ROW EXECUTE FUNCTION saaras_db.set_current_timestamp_updated_at();
