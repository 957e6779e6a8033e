-- The audit trail: one row per changed row, in the transaction of the change, written by trigger;
-- and events of the application (sign-in, reveal of a NIK, export) through audit.record().
CREATE SCHEMA audit;
GRANT USAGE, CREATE ON SCHEMA audit TO portal_definer;
GRANT USAGE ON SCHEMA audit TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer, portal_session;

CREATE TABLE audit.events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  actor_id text NOT NULL,
  actor_role text,
  request_id text,
  action text NOT NULL,
  table_name text,
  row_id text,
  kelurahan_id int,
  old_row jsonb,
  new_row jsonb,
  reason text
);
CREATE INDEX events_row ON audit.events (table_name, row_id);
CREATE INDEX events_actor ON audit.events (actor_id, action, at);

ALTER TABLE audit.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.events FORCE ROW LEVEL SECURITY;
CREATE POLICY definer ON audit.events TO portal_definer USING (true);
CREATE POLICY city ON audit.events FOR SELECT TO portal_city USING (true);
CREATE POLICY auditor ON audit.events FOR SELECT TO portal_auditor USING (true);
GRANT SELECT, INSERT ON audit.events TO portal_definer;
GRANT SELECT ON audit.events TO portal_city, portal_auditor;

-- Trigger arguments name the columns that never enter the trail.
CREATE FUNCTION audit.capture() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before jsonb;
  after jsonb;
  -- Without arguments TG_ARGV is null, and a row minus null is null.
  secret text[] := COALESCE(TG_ARGV::text[], '{}');
BEGIN
  IF NULLIF(current_setting('app.actor_id', true), '') IS NULL THEN
    RAISE EXCEPTION 'audit: no actor';
  END IF;
  IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD) - secret; END IF;
  IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW) - secret; END IF;
  INSERT INTO audit.events (actor_id, actor_role, request_id, action, table_name, row_id, kelurahan_id, old_row, new_row)
  VALUES (current_setting('app.actor_id', true), current_setting('role', true), current_setting('app.request_id', true),
          lower(TG_OP), TG_TABLE_NAME, COALESCE(after->>'id', before->>'id'),
          COALESCE((after->>'kelurahan_id')::int, (before->>'kelurahan_id')::int), before, after);
  RETURN NULL;
END $$;

-- An event that changes no row. Its reason or details must not hold a NIK, phone, password or token.
CREATE FUNCTION audit.record(action text, table_name text, row_id text, reason text, details jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NULLIF(current_setting('app.actor_id', true), '') IS NULL THEN
    RAISE EXCEPTION 'audit: no actor';
  END IF;
  INSERT INTO audit.events (actor_id, actor_role, request_id, action, table_name, row_id, new_row, reason)
  VALUES (current_setting('app.actor_id', true), current_setting('role', true), current_setting('app.request_id', true),
          action, table_name, row_id, details, reason);
END $$;

-- How often the current actor did something since a moment, for limits such as 30 reveals of a NIK an hour.
CREATE FUNCTION audit.count_own(wanted_action text, since timestamptz) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*)::int FROM audit.events
  WHERE actor_id = current_setting('app.actor_id', true) AND action = wanted_action AND at >= since
$$;
GRANT EXECUTE ON FUNCTION audit.record(text, text, text, text, jsonb), audit.count_own(text, timestamptz)
  TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer, portal_session;
