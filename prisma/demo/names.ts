import type { Random } from './random.ts';

export type Sex = 'male' | 'female';

/** A bare name, without titles, and whether H. or Hj. may stand before it. */
export type Name = { text: string; mayBeHaji: boolean };

/** An invented name of one of the kinds that live side by side in Probolinggo; `young` is born after 1985. */
export function makeName(random: Random, sex: Sex, age: 'young' | 'old'): Name {
  const kind = random.weighted(kinds[age]);
  const text = makers[kind](random, sex);
  return { text, mayBeHaji: kind === 'javanese' || kind === 'arabic' || kind === 'oneWord' };
}

const kinds = {
  old: [
    ['oneWord', 17],
    ['javanese', 38],
    ['arabic', 35],
    ['christian', 5],
    ['chinese', 4],
    ['balinese', 1],
  ],
  young: [
    ['oneWord', 2],
    ['javanese', 22],
    ['arabic', 34],
    ['modern', 33],
    ['christian', 5],
    ['chinese', 3],
    ['balinese', 1],
  ],
} as const;

type Kind = (typeof kinds)['young' | 'old'][number][0];

const makers: Record<Kind, (random: Random, sex: Sex) => string> = {
  oneWord: (random, sex) => random.pick(oneWord[sex]),
  javanese: (random, sex) => two(random, javanese[sex]),
  arabic: (random, sex) => two(random, arabic[sex]),
  modern: (random, sex) => two(random, modern[sex]),
  christian: (random, sex) =>
    `${random.pick(christian[sex])} ${random.pick(random.chance(0.6) ? javanese[sex].last : christian.family)}`,
  chinese: (random, sex) =>
    random.chance(0.35)
      ? `${random.pick(chinese.old)} ${random.pick(chinese.given[sex])}`
      : `${random.pick(chinese[sex])} ${random.pick(chinese.family)}`,
  balinese: (random, sex) =>
    `${random.pick(balinese[sex])} ${random.pick(balinese.order)} ${random.pick(balinese.given[sex])}`,
};

type Halves = { first: string[]; last: string[] };

function two(random: Random, { first, last }: Halves): string {
  const [given, family] = [random.pick(first), random.pick(last)];
  return given.endsWith(family) ? given : `${given} ${family}`;
}

const list = (text: string) => text.trim().split(/,\s+/);

const oneWord = {
  male: list(`Suparman, Sugiono, Wagiman, Paimin, Ngatiman, Slamet, Kasiyanto, Tukijan, Sutrisno, Supriyadi,
    Mulyono, Sumarno, Suwarno, Subagio, Jumadi, Kusnadi, Poniman, Sarimin, Misdi, Tohari, Buari, Matsari, Misnadi,
    Sunaryo, Misnawi, Asmuni, Marsuki, Munawi, Sahri, Durahman, Mistar, Arsidin, Satrawi, Sudarsono, Sukardi,
    Suyitno, Wariso, Tarmuji, Legiman, Kasdi, Samsuri, Senimin, Suroso, Hartono, Sumardi, Sujarwo, Widodo, Untung,
    Rusdi, Saturi, Bunawi, Matrais, Nawardi, Sumo, Niman, Tosan, Purwadi, Sutopo, Riyanto, Budiono`),
  female:
    list(`Suminah, Sutinah, Ngatini, Partini, Sumiati, Misnati, Satuni, Tumina, Kasiyani, Jumiati, Poniti,
    Sulastri, Sukarti, Rukmini, Supatmi, Wagiyem, Lasmini, Mujiati, Suryati, Sriatun, Buniti, Maryam, Sunarti,
    Suwarni, Kartini, Tutik, Muntiah, Asmani, Hosniah, Nawati, Sahati, Mistiani, Rohayati, Suhartatik, Winarsih,
    Sutiyem, Ponirah, Sariati, Musrifah, Endang, Sumarsih, Yuliati, Hartini, Sudarti, Purwati, Sulikah`),
};

const javanese = {
  male: {
    first:
      list(`Agus, Bambang, Budi, Dwi, Eko, Hadi, Heri, Joko, Rudi, Teguh, Tri, Wahyu, Yudi, Didik, Gatot, Edi,
      Sigit, Sugeng, Yoyok, Totok, Catur, Priyo, Hari, Djoko, Setyo, Bagus, Anang, Tutus, Wawan, Pujo`),
    last: list(`Santoso, Prasetyo, Kurniawan, Setiawan, Susanto, Utomo, Riyadi, Purnomo, Hariyanto, Wibowo, Nugroho,
      Saputro, Cahyono, Sasongko, Wicaksono, Handoko, Winarno, Sulistyo, Widianto, Subekti, Pranoto, Mulyadi,
      Basuki, Siswanto, Suryanto, Hartono, Margono, Iswahyudi`),
  },
  female: {
    first:
      list(`Sri, Endang, Dwi, Tri, Retno, Wahyu, Titik, Ninik, Wiwik, Yayuk, Indah, Lilik, Dyah, Ratna, Enny,
      Rini, Sulis, Anik, Umi, Tutik, Yuni, Puji, Eka, Nanik, Kusuma, Murni, Herlina, Ida, Susi, Ira`),
    last: list(`Wahyuni, Lestari, Handayani, Rahayu, Astuti, Wulandari, Setyowati, Purwanti, Hariyati, Puspitasari,
      Susilowati, Kusumawati, Widiastuti, Ningsih, Utami, Winarti, Sulistyowati, Ernawati, Indrawati, Yuliana,
      Prihatin, Suprapti, Mulyani, Andayani, Kurniasih, Trisnawati, Hidayati, Suciati`),
  },
};

const arabic = {
  male: {
    first:
      list(`Ahmad, Moch., Muhammad, Abdul, Achmad, Imam, Nur, Arif, Saiful, Zainal, Syamsul, Khoirul, Mas'ud,
      Abu, Ali, Hasan, Fathur, Misbahul, Luqman, Taufiq, Nasrul, Bahrul, Lukman, Sholeh, Anas, Ridwan, Mahfud,
      Husnul, Jamaluddin, Burhan`),
    last: list(`Ma'ruf, Hidayat, Syafi'i, Rofi'i, Sya'roni, Mu'in, Jamali, Holili, Fauzi, Anwar, Rahman, Hasan,
      Rosyid, Faizin, Arifin, Huda, Munir, Ghofur, Wahid, Karim, Qodir, Mubarok, Yasin, Zuhri, Basri, Hakim,
      Mustofa, Nawawi, Baidowi, Sa'dullah, Muhtadi, Habibi`),
  },
  female: {
    first:
      list(`Siti, Nur, Nurul, Umi, Khusnul, Lailatul, Luluk, Fatimatuz, Zulfa, Maria, Hikmatul, Rif'atul,
      Mu'minatul, Anisatul, Sa'diyah, Dewi, Ummu, Iffatul, Robiatul, Uswatun, Faridatul, Istiqomatul, Choirun,
      Romlah, Aisyatul, Maslahatul`),
    last: list(`Aminah, Hasanah, Khotimah, Qomariyah, Fadilah, Maryam, Rohmah, Zahroh, Mahmudah, Jannah, Aini,
      Maghfiroh, Nisa', Ulfa, Hidayah, Mufidah, Azizah, Badriyah, Masruroh, Latifah, Zubaidah, Muthmainnah,
      Rofi'ah, Saadah, Fitriyah, Nafisah, Halimah, Syarifah`),
  },
};

const modern = {
  male: {
    first:
      list(`Rizky, Fajar, Galih, Yoga, Dimas, Bagas, Ilham, Reza, Andika, Bayu, Aldi, Rangga, Dani, Fikri,
      Yusuf, Alfian, Hendra, Irfan, Rendy, Febrian, Rio, Tegar, Vicky, Kevin, Denny, Septian`),
    last: list(`Ramadhan, Pratama, Saputra, Firmansyah, Kurniawan, Maulana, Wijaya, Putra Perdana, Nugraha,
      Permana, Hermawan, Aditya, Pamungkas, Mahendra, Ardiansyah, Darmawan, Setiaji, Hidayatullah, Prayoga,
      Bachtiar, Wicaksana, Alamsyah`),
  },
  female: {
    first:
      list(`Putri, Ayu, Dinda, Intan, Mega, Novita, Rizka, Fitri, Dian, Ratih, Vina, Yulia, Nadia, Elok, Citra,
      Desi, Erika, Silvia, Nabila, Anggun, Bella, Diah, Firda, Galuh, Kiki, Lina`),
    last: list(`Permatasari, Anggraini, Rahmawati, Puspita, Oktaviani, Maharani, Kusuma Dewi, Febriani, Amalia,
      Safitri, Pratiwi, Larasati, Novitasari, Kartika, Ramadhani, Damayanti, Agustina, Cahyani, Nuraini,
      Septiani, Apriliani, Widyaningrum`),
  },
};

const christian = {
  male: list(
    `Yohanes, Agustinus, Petrus, Stefanus, Paulus, Antonius, Samuel, Daniel, Markus, Andreas, Yosep`,
  ),
  female: list(
    `Maria, Theresia, Kristiani, Yuliana, Agnes, Martha, Elisabeth, Veronika, Debora, Natalia, Ester`,
  ),
  family: list(
    `Simanjuntak, Tuhumury, Lumban Gaol, Manuputty, Sitorus, Wattimena, Rumahorbo, Pattiasina`,
  ),
};

const chinese = {
  old: list(`Tan, Lie, Oei, Kwee, Liem, The, Ong, Go`),
  given: {
    male: list(`Tjien Hok, Kian Seng, Hong Gie, Boen Liong, Tiong An, Swie King`),
    female: list(`Giok Lan, Mei Hwa, Siok Nio, Lan Ing, Swan Nio, Hwee Tien`),
  },
  male: list(`Hendra, Budi, Rudy, Johan, Willy, Steven, Agus, Hartono, Kevin, Gunawan`),
  female: list(`Lily, Meliana, Yenny, Linda, Susan, Cindy, Evelyn, Vivi, Herlina, Fransiska`),
  family: list(
    `Tanujaya, Halim, Gunawan, Sutanto, Widjaja, Hartanto, Limantara, Kusuma, Setiadi, Wibisono`,
  ),
};

const balinese = {
  male: ['I'],
  female: ['Ni'],
  order: list(`Made, Wayan, Nyoman, Ketut`),
  given: {
    male: list(`Sudarma, Artawan, Suardika, Wirawan`),
    female: list(`Ayu Lestari, Suryani, Sukerti, Widiani`),
  },
};
