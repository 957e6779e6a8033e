-- Roles of the cluster. portal_app and portal_session sign in and own nothing; the rest are the kinds of
-- actor that portal_app steps into for one transaction (SET LOCAL ROLE), each with its own policies.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

DO $$
DECLARE
  role_name text;
  actor_roles text[] := ARRAY['portal_city', 'portal_auditor', 'portal_kecamatan', 'portal_kelurahan',
                              'portal_officer', 'portal_public'];
BEGIN
  -- Two databases of one cluster may be migrated at the same time.
  PERFORM pg_advisory_xact_lock(hashtext('portal roles'));
  FOREACH role_name IN ARRAY actor_roles || ARRAY['portal_definer'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
    END IF;
  END LOOP;
  FOREACH role_name IN ARRAY ARRAY['portal_app', 'portal_session'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', role_name);
    END IF;
  END LOOP;
  FOREACH role_name IN ARRAY actor_roles LOOP
    IF NOT pg_has_role('portal_app', role_name, 'SET') THEN
      EXECUTE format('GRANT %I TO portal_app WITH INHERIT FALSE, SET TRUE', role_name);
    END IF;
  END LOOP;
  -- The owner hands its SECURITY DEFINER functions to portal_definer, so they never run with the owner's rights.
  IF NOT pg_has_role(current_user, 'portal_definer', 'SET') THEN
    EXECUTE format('GRANT portal_definer TO %I WITH INHERIT FALSE, SET TRUE', current_user);
  END IF;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer,
  portal_public, portal_definer, portal_session;
-- ALTER FUNCTION … OWNER TO asks that the new owner can create in the schema; 0009 takes it back.
GRANT CREATE ON SCHEMA public TO portal_definer;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
