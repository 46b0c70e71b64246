-- Which request made a change, so that the push that carries it can say so, on whichever instance: what the writing
-- transaction has set as enroute.origin, the id of the request and, when it is traced, a W3C traceparent behind a blank.
ALTER TABLE gateway_private.change_log ADD COLUMN origin text DEFAULT nullif(current_setting('enroute.origin', true), '');
