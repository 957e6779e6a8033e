/**
 * The roster as a sheet, one line a person and office: the columns of the template, of the import and of the export, in
 * this order and under these heads (domain.md, section 5.2).
 */
export const rosterColumns = [
  { field: 'number', label: 'No', width: 6 },
  { field: 'name', label: 'Nama', width: 34 },
  { field: 'nik', label: 'NIK', width: 20 },
  { field: 'sex', label: 'L/P', width: 6 },
  { field: 'birthPlace', label: 'Tempat Lahir', width: 18 },
  { field: 'birthDate', label: 'Tanggal Lahir', width: 16 },
  { field: 'address', label: 'Alamat', width: 34 },
  { field: 'rt', label: 'RT', width: 6 },
  { field: 'rw', label: 'RW', width: 6 },
  { field: 'education', label: 'Pendidikan', width: 22 },
  { field: 'occupation', label: 'Pekerjaan', width: 24 },
  { field: 'institutionType', label: 'Jenis LKK', width: 16 },
  { field: 'institution', label: 'Nama LKK', width: 28 },
  { field: 'position', label: 'Jabatan', width: 24 },
  { field: 'phone', label: 'No HP', width: 18 },
  { field: 'decreeNumber', label: 'No SK', width: 28 },
  { field: 'decreedOn', label: 'Tanggal SK', width: 16 },
  { field: 'startOn', label: 'Mulai', width: 16 },
  { field: 'endOn', label: 'Selesai', width: 16 },
  { field: 'termNumber', label: 'Periode ke', width: 12 },
  { field: 'status', label: 'Status', width: 18 },
  { field: 'note', label: 'Keterangan', width: 30 },
] as const;

export type RosterField = (typeof rosterColumns)[number]['field'];
