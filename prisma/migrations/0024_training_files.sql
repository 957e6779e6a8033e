-- Materials and photos of a training: what is told of one may change, its bytes never do.
ALTER TABLE training_files
  -- Participants get it, signed in or by their private link; otherwise it is among staff.
  ADD COLUMN is_shared boolean NOT NULL DEFAULT true,
  ADD COLUMN version int NOT NULL DEFAULT 1,
  -- A photo as small as the page with all of them shows it.
  ADD COLUMN thumbnail bytea CHECK (octet_length(thumbnail) BETWEEN 1 AND 256 * 1024);
GRANT UPDATE (title, link, is_shared, version) ON training_files TO portal_city, portal_kecamatan, portal_kelurahan;

DROP TRIGGER training_files_audit ON training_files;
CREATE TRIGGER training_files_audit AFTER INSERT OR UPDATE OR DELETE ON training_files
  FOR EACH ROW EXECUTE FUNCTION audit.capture('bytes', 'thumbnail');

DROP POLICY officer ON training_files;
CREATE POLICY officer ON training_files FOR SELECT TO portal_officer
  USING (is_shared AND training_id = ANY (ARRAY(SELECT id FROM trainings)));

-- What a private link reaches of the materials; of the photos nothing.
GRANT CREATE ON SCHEMA public TO portal_definer;
CREATE FUNCTION materials_of_link(link bytea) RETURNS TABLE (id int, title text, url text, type text, size int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.id, f.title, f.link, f.type, f.size
  FROM training_invitations i
  JOIN trainings t ON t.id = i.training_id
  JOIN training_files f ON f.training_id = t.id
  WHERE i.token_hash = $1 AND t.invited_at IS NOT NULL AND f.purpose = 'material' AND f.is_shared
  ORDER BY f.id
$$;
CREATE FUNCTION material_of_link(link bytea, given int) RETURNS TABLE (title text, type text, bytes bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.title, f.type, f.bytes
  FROM training_invitations i
  JOIN trainings t ON t.id = i.training_id
  JOIN training_files f ON f.training_id = t.id
  WHERE i.token_hash = $1 AND t.invited_at IS NOT NULL AND f.purpose = 'material' AND f.is_shared AND f.id = given AND f.bytes IS NOT NULL
$$;
REVOKE EXECUTE ON FUNCTION materials_of_link(bytea), material_of_link(bytea, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION materials_of_link(bytea), material_of_link(bytea, int) TO portal_public;
ALTER FUNCTION materials_of_link(bytea) OWNER TO portal_definer;
ALTER FUNCTION material_of_link(bytea, int) OWNER TO portal_definer;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
