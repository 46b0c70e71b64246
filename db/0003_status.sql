-- What the running gateways say of their Envoys and of the objects that cannot be served: beside the configuration, never
-- logged as a change, and written by nobody else. Each instance writes rows of its own, which go when its own row goes;
-- the views in schema gateway show those of instances that were seen in the last 30 s.

CREATE TABLE gateway_private.instance (
  instance text PRIMARY KEY,
  seen_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE gateway_private.instance IS 'The running gateways; whoever comes by deletes those that were not seen for 30 s';

-- Names are of any length and no part of a key: ids are given by the instance.
CREATE TABLE gateway_private.envoy (
  instance text NOT NULL REFERENCES gateway_private.instance ON DELETE CASCADE,
  id text NOT NULL,
  node text NOT NULL,
  proxy text NOT NULL,
  peer text NOT NULL,
  user_agent text NOT NULL,
  acknowledged_change bigint,
  connected_since timestamp with time zone NOT NULL,
  last_error text,
  last_error_at timestamp with time zone,
  reports_health boolean NOT NULL,
  PRIMARY KEY (instance, id)
);

CREATE TABLE gateway_private.object_status (
  instance text NOT NULL REFERENCES gateway_private.instance ON DELETE CASCADE,
  id text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  object text NOT NULL,
  proxy text NOT NULL,
  rejected_by text NOT NULL,
  resource text,
  reason text NOT NULL,
  since timestamp with time zone NOT NULL,
  PRIMARY KEY (instance, id)
);

CREATE TABLE gateway_private.upstream_health (
  instance text NOT NULL REFERENCES gateway_private.instance ON DELETE CASCADE,
  id text NOT NULL,
  node text NOT NULL,
  proxy text NOT NULL,
  cluster text NOT NULL,
  address text NOT NULL,
  port integer NOT NULL,
  upstream_id bigint,
  health text NOT NULL,
  since timestamp with time zone NOT NULL,
  PRIMARY KEY (instance, id)
);

CREATE VIEW gateway_private.live_instance AS
  SELECT instance, seen_at FROM gateway_private.instance WHERE seen_at > now() - interval '30 seconds';

CREATE VIEW gateway.envoy AS
  SELECT e.instance, e.id, e.node, e.proxy, e.peer, e.user_agent, e.acknowledged_change, e.connected_since,
         e.last_error, e.last_error_at, e.reports_health, i.seen_at
    FROM gateway_private.envoy AS e JOIN gateway_private.live_instance AS i USING (instance);
COMMENT ON VIEW gateway.envoy IS 'Every connected Envoy or gRPC client: one row a stream';
COMMENT ON COLUMN gateway.envoy.instance IS 'The gateway that it is connected to';
COMMENT ON COLUMN gateway.envoy.node IS 'What it calls itself: node.id';
COMMENT ON COLUMN gateway.envoy.user_agent IS 'Kind and version of the client';
COMMENT ON COLUMN gateway.envoy.acknowledged_change IS 'The number of the last change of which it has accepted everything; null before the first';
COMMENT ON COLUMN gateway.envoy.last_error IS 'Its own words on what it rejected last, though that may be mended since';
COMMENT ON COLUMN gateway.envoy.reports_health IS 'Whether its view of the upstreams is in upstream_health';
COMMENT ON COLUMN gateway.envoy.seen_at IS 'When that gateway was seen last; it is every 10 s';

CREATE VIEW gateway.object_status AS
  SELECT o.instance, o.id, o.kind, o.name, o.object, o.proxy, o.rejected_by, o.resource, o.reason, o.since
    FROM gateway_private.object_status AS o JOIN gateway_private.live_instance AS i USING (instance);
COMMENT ON VIEW gateway.object_status IS 'What is stored and rejected; what is not here is accepted';
COMMENT ON COLUMN gateway.object_status.kind IS 'service, route, upstream, filter, secret, globalconfig or proxy';
COMMENT ON COLUMN gateway.object_status.name IS 'Its name; of a route, those of its service and its own: demo/gs_route';
COMMENT ON COLUMN gateway.object_status.object IS 'The object in words, with where it is used';
COMMENT ON COLUMN gateway.object_status.rejected_by IS 'gateway, or the node of the Envoy that rejects it';
COMMENT ON COLUMN gateway.object_status.resource IS 'The name of the Envoy resource that is rejected; null before there is one';

CREATE VIEW gateway.upstream_health AS
  SELECT h.instance, h.id, h.node, h.proxy, h.cluster, h.address, h.port, h.upstream_id,
         u.upstream_name::text AS upstream, h.health, h.since
    FROM gateway_private.upstream_health AS h JOIN gateway_private.live_instance AS i USING (instance)
    LEFT JOIN saaras_db.upstream AS u USING (upstream_id);
COMMENT ON VIEW gateway.upstream_health IS 'Endpoints that are not plain healthy in the eyes of an Envoy that reports health';
COMMENT ON COLUMN gateway.upstream_health.health IS
  'failed_active_health_check, pending_active_health_check, failed_outlier_check, degraded, excluded or failed_eds_health';

-- What each proxy is configured with; several links to a proxy are one row. With one type in all of its parts, conditions on
-- kind and name reach the tables.
CREATE VIEW gateway_private.object_of_proxy (kind, name, proxy) AS
  SELECT 'proxy'::text, p.proxy_name::text, p.proxy_name::text
    FROM saaras_db.proxy AS p
  UNION SELECT 'globalconfig'::text, g.globalconfig_name::text, p.proxy_name::text
    FROM saaras_db.proxy AS p JOIN saaras_db.proxy_globalconfig USING (proxy_id) JOIN saaras_db.globalconfig AS g USING (globalconfig_id)
  UNION SELECT 'service'::text, s.service_name::text, p.proxy_name::text
    FROM saaras_db.proxy AS p JOIN saaras_db.proxy_service USING (proxy_id) JOIN saaras_db.service AS s USING (service_id)
  UNION SELECT 'secret'::text, x.secret_name::text, p.proxy_name::text
    FROM saaras_db.proxy AS p JOIN saaras_db.proxy_service AS l USING (proxy_id)
    JOIN saaras_db.service_secret AS sx USING (service_id) JOIN saaras_db.secret AS x USING (secret_id)
  UNION SELECT 'filter'::text, f.filter_name::text, p.proxy_name::text
    FROM saaras_db.proxy AS p JOIN saaras_db.proxy_service AS l USING (proxy_id)
    JOIN saaras_db.service_filter AS sf USING (service_id) JOIN saaras_db.filter AS f USING (filter_id)
  UNION SELECT 'route'::text, (s.service_name || '/' || r.route_name)::text, p.proxy_name::text
    FROM saaras_db.proxy AS p JOIN saaras_db.proxy_service USING (proxy_id) JOIN saaras_db.service AS s USING (service_id)
    JOIN saaras_db.route AS r USING (service_id)
  UNION SELECT 'filter'::text, f.filter_name::text, p.proxy_name::text
    FROM saaras_db.proxy AS p JOIN saaras_db.proxy_service AS l USING (proxy_id) JOIN saaras_db.route AS r USING (service_id)
    JOIN saaras_db.route_filter AS rf USING (route_id) JOIN saaras_db.filter AS f USING (filter_id)
  UNION SELECT 'upstream'::text, u.upstream_name::text, p.proxy_name::text
    FROM saaras_db.proxy AS p JOIN saaras_db.proxy_service AS l USING (proxy_id) JOIN saaras_db.route AS r USING (service_id)
    JOIN saaras_db.route_upstream AS ru USING (route_id) JOIN saaras_db.upstream AS u USING (upstream_id);

CREATE VIEW gateway.object_programmed AS
  SELECT o.kind, o.name, o.proxy,
         CASE WHEN r.by_gateway THEN 0 ELSE coalesce(e.connected, 0) - coalesce(r.refusing, 0) END AS programmed,
         coalesce(e.connected, 0) AS envoys
    FROM gateway_private.object_of_proxy AS o
    LEFT JOIN (SELECT proxy, count(*)::integer AS connected FROM gateway.envoy GROUP BY proxy) AS e USING (proxy)
    LEFT JOIN (SELECT s.kind, s.name, s.proxy, bool_or(s.rejected_by = 'gateway') AS by_gateway,
                      (count(DISTINCT (x.instance, x.id)) FILTER (WHERE x.id IS NOT NULL))::integer AS refusing
                 FROM gateway.object_status AS s
                 LEFT JOIN gateway.envoy AS x ON x.instance = s.instance AND x.node = s.rejected_by AND x.proxy = s.proxy
                GROUP BY s.kind, s.name, s.proxy) AS r USING (kind, name, proxy);
COMMENT ON VIEW gateway.object_programmed IS 'Of each object that a proxy is configured with: on how many of its connected Envoys it is';
COMMENT ON COLUMN gateway.object_programmed.programmed IS 'How many do not reject it; none when the gateway does';
COMMENT ON COLUMN gateway.object_programmed.envoys IS 'How many are connected';
