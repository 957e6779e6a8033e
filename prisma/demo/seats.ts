/** A seat by its position (codes of prisma/reference/institution-types.json), number and, where several share one, its label. */
export type DemoSeat = { position: string; number: number; label: string | null };

export type TypeCode = 'RT' | 'RW' | 'LPM' | 'PKK' | 'KARANG_TARUNA' | 'POSYANDU' | 'POKMAS';

/** The seats of an institution; `index` spreads the sections of an RT or RW. */
export function seatsOf(type: TypeCode, index: number): DemoSeat[] {
  return [...officersOf(type), ...others[type](index)];
}

function officersOf(type: TypeCode): DemoSeat[] {
  const deputy = type === 'LPM' || type === 'PKK' || type === 'KARANG_TARUNA';
  const positions = ['chair', ...(deputy ? ['deputy_chair'] : []), 'secretary', 'treasurer'];
  return positions.map((position) => ({ position, number: 1, label: null }));
}

const labelled = (position: string, labels: readonly string[]): DemoSeat[] =>
  labels.map((label, index) => ({ position, number: index + 1, label }));

const numbered = (position: string, count: number): DemoSeat[] =>
  Array.from({ length: count }, (_, index) => ({ position, number: index + 1, label: null }));

const sections = [
  'Seksi Keamanan',
  'Seksi Kebersihan dan Lingkungan',
  'Seksi Sosial dan Keagamaan',
  'Seksi Pemuda dan Olahraga',
  'Seksi Pembangunan',
] as const;

const turning = (index: number, count: number) =>
  Array.from(
    { length: count },
    (_, step) => sections[(index + step) % sections.length] ?? sections[0],
  );

const lpmFields = [
  'Bidang Agama',
  'Bidang Pendidikan',
  'Bidang Informasi dan Komunikasi',
  'Bidang Kesehatan, Kependudukan, dan KB',
  'Bidang Pemuda, Olahraga, dan Kesenian',
  'Bidang Pembangunan',
  'Bidang Kebersihan dan Keindahan',
  'Bidang Perekonomian, Koperasi, dan Kesejahteraan Sosial',
  'Bidang Keamanan dan Ketertiban',
].map((field) => `Ketua ${field}`);

const youthFields = [
  'Bidang Organisasi dan Keanggotaan',
  'Bidang Pendidikan dan Pelatihan',
  'Bidang Usaha Kesejahteraan Sosial',
  'Bidang Usaha Ekonomi Produktif',
  'Bidang Kerohanian',
  'Bidang Olahraga',
  'Bidang Seni dan Budaya',
  'Bidang Lingkungan Hidup',
  'Bidang Hukum dan Advokasi',
  'Bidang Hubungan Masyarakat',
  'Bidang Teknologi Informasi',
];

/** The six fields of the Standar Pelayanan Minimal, of a Posyandu since Permendagri 13/2024. */
const serviceFields = [
  'Pendidikan',
  'Kesehatan',
  'Pekerjaan Umum',
  'Perumahan Rakyat',
  'Trantibumlinmas',
  'Sosial',
];

const cadreFields = [...serviceFields, 'Kesehatan', 'Kesehatan', 'Sosial', 'Pendidikan'];

const workingGroups = ['I', 'II', 'III', 'IV'];

const others: Record<TypeCode, (index: number) => DemoSeat[]> = {
  RT: (index) => labelled('section', turning(index, 1)),
  RW: (index) => labelled('section', turning(index, 2)),
  LPM: () => labelled('section_head', lpmFields),
  PKK: () => [
    ...workingGroups.map((_, index) => ({
      position: `pokja_${index + 1}_head`,
      number: 1,
      label: null,
    })),
    ...labelled(
      'pokja_member',
      workingGroups.flatMap((group) => Array.from({ length: 3 }, () => `Anggota Pokja ${group}`)),
    ),
  ],
  KARANG_TARUNA: () => labelled('section', youthFields),
  POSYANDU: () => [
    ...labelled(
      'field_coordinator',
      serviceFields.map((field) => `Koordinator Bidang ${field}`),
    ),
    ...labelled(
      'cadre',
      cadreFields.map((field) => `Kader Bidang ${field}`),
    ),
  ],
  POKMAS: () => numbered('member', 2),
};
