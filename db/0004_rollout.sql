-- What clients of xDS rejected, by content, so that a restart does not have it break one of them again.
CREATE TABLE gateway_private.rejected_content (
  client text NOT NULL,
  kind text NOT NULL,
  content text NOT NULL,
  reason text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (client, kind, content)
);
COMMENT ON TABLE gateway_private.rejected_content IS 'client is the program and its version, content the version of the resource or of the host in it';
