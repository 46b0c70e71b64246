TRUNCATE saaras_db.proxy, saaras_db.service, saaras_db.route, saaras_db.upstream, saaras_db.secret, saaras_db.artifact, saaras_db.filter,
  saaras_db.globalconfig, saaras_db.proxy_service, saaras_db.proxy_globalconfig, saaras_db.route_upstream, saaras_db.route_filter,
  saaras_db.service_filter, saaras_db.service_secret, saaras_db.filter_upstream, saaras_db.org RESTART IDENTITY CASCADE;
INSERT INTO saaras_db.proxy (proxy_name, create_ts, update_ts) VALUES ('gw', '2020-04-21T01:00:00Z', '2020-04-21T01:00:00.5Z'), ('idle', '2020-04-21T02:00:00Z', NULL);
INSERT INTO saaras_db.service (service_name, fqdn, create_ts, update_ts) VALUES
  ('demo', 'demo.example', '2020-04-21T01:42:33.849806Z', '2020-04-21T01:42:33.8Z'), ('other', NULL, '2020-04-21T01:42:34Z', NULL);
INSERT INTO saaras_db.route (route_name, route_prefix, service_id, route_config, config_json, create_ts, update_ts) VALUES
  ('gs_route', '/', 1, '', '{"prefix": "/", "header": []}', '2020-04-21T01:42:35Z', '2020-04-21T01:42:35Z'),
  ('api', '', 1, '{"prefix":"/api"}', '{"prefix": "/api", "header": [{"name": ":method", "exact": "GET"}]}', '2020-04-21T01:42:36Z', NULL),
  ('gs_route', '/other', 2, '', NULL, '2020-04-21T01:42:37Z', NULL);
INSERT INTO saaras_db.upstream (upstream_name, upstream_ip, upstream_port, upstream_weight, upstream_hc_path, upstream_protocol, create_ts, update_ts) VALUES
  ('server1', '127.0.0.1', 50051, 70, '/', 'grpc', '2020-04-21T01:42:38Z', '2020-04-21T01:42:38Z'),
  ('server2', '127.0.0.1', 50052, 30, '/', 'grpc', '2020-04-21T01:42:39Z', '2020-04-21T01:42:39Z');
INSERT INTO saaras_db.secret (secret_name, secret_key, secret_cert, secret_sni, create_ts, update_ts) VALUES
  ('tls', 'KEY', 'CERT', 'demo.example', '2020-04-21T01:42:40Z', '2020-04-21T01:42:40Z');
INSERT INTO saaras_db.artifact (artifact_name, artifact_type, artifact_value, secret_id) VALUES ('a1', 'pem', 'x', 1);
INSERT INTO saaras_db.filter (filter_name, filter_type, filter_config, config_json, create_ts, update_ts) VALUES
  ('lua', 'http_filter_lua', 'function envoy_on_request(h) end', '{"config": "function envoy_on_request(h) end"}', '2020-04-21T01:42:41Z', '2020-04-21T01:42:41Z'),
  ('limit', 'route_filter_ratelimit', '{"descriptors":[]}', '{"descriptors": []}', '2020-04-21T01:42:42Z', '2020-04-21T01:42:42Z');
INSERT INTO saaras_db.globalconfig (globalconfig_name, globalconfig_type, config, config_json, create_ts, update_ts) VALUES
  ('gc', 'globalconfig_ratelimit', '{"domain":"enroute"}', '{"domain": "enroute", "descriptors": []}', '2020-04-21T01:42:43Z', '2020-04-21T01:42:43Z');
INSERT INTO saaras_db.proxy_service (proxy_id, service_id) VALUES (1, 1);
INSERT INTO saaras_db.proxy_globalconfig VALUES (1, 1);
INSERT INTO saaras_db.route_upstream (route_id, upstream_id) VALUES (1, 1), (1, 2), (2, 1);
INSERT INTO saaras_db.route_filter (route_id, filter_id) VALUES (1, 2);
INSERT INTO saaras_db.service_filter (service_id, filter_id) VALUES (1, 1);
INSERT INTO saaras_db.service_secret (service_id, secret_id) VALUES (1, 1);
INSERT INTO saaras_db.filter_upstream (filter_id, upstream_id) VALUES (2, 2);
