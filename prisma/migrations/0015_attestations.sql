-- What a chair changes without a decree: how their institution and its officers are reached. Everything else of both
-- waits for the kelurahan, so the grants name the columns.
GRANT UPDATE (address, phone, email, version, updated_at) ON institutions TO portal_officer;
GRANT UPDATE (phone, address, rt_number, rw_number, version, updated_at) ON people TO portal_officer;

-- Today's calendar date in the city.
CREATE FUNCTION city_today() RETURNS date LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT (now() AT TIME ZONE COALESCE((SELECT time_zone FROM city_settings WHERE id = 1), 'Asia/Jakarta'))::date
$$;
GRANT EXECUTE ON FUNCTION city_today() TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer, portal_definer;

-- Only of people whose office in the own institution has not ended; a former officer's phone is no longer theirs to keep.
CREATE POLICY officer_contact ON people FOR UPDATE TO portal_officer USING (
  EXISTS (SELECT FROM tenures t
    WHERE t.person_id = people.id AND t.institution_id = (SELECT NULLIF(current_setting('app.institution_id', true), '')::int)
      AND t.voided_at IS NULL AND (t.ended_on IS NULL OR t.ended_on > (SELECT city_today()))));
