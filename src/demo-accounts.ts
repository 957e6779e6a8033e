/** The accounts that the demo shows at start and on the sign-in page. */
export const demoPassword = 'bersolek-elok-2025';

export const demoAccounts: { username: string; description: string }[] = [
  { username: 'admin', description: 'Administrator kota: akun pengguna dan seluruh data' },
  { username: 'camat.kanigaran', description: 'Camat Kanigaran: rekap enam kelurahan' },
  { username: 'lurah.kebonsariwetan', description: 'Lurah Kebonsari Wetan: memutuskan usulan' },
  {
    username: 'staf.kebonsariwetan',
    description: 'Staf Kelurahan Kebonsari Wetan: mencatat lembaga',
  },
  {
    username: 'ketua.sinarmulia',
    description: 'Pelaksana Ketua Pokmas Sinar Mulia: mengajukan usulan',
  },
  { username: 'lurah.sukoharjo', description: 'Lurah Sukoharjo: memutuskan usulan' },
  { username: 'auditor', description: 'Auditor: membaca seluruh data' },
];
