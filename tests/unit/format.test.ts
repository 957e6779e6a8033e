import { expect, test } from 'vitest';
import { heldPosition, institutionOfType, officeOf } from '#src/format.ts';

test.each([
  ['Ketua', 'Pokmas Sinar Mulia', 'Ketua Pokmas Sinar Mulia'],
  ['Ketua RT', 'RT 010/RW 009', 'Ketua RT 010/RW 009'],
  ['Plt. Sekretaris RW', 'RW 009', 'Plt. Sekretaris RW 009'],
  ['Ketua TP PKK', 'TP PKK Kebonsari Wetan', 'Ketua TP PKK Kebonsari Wetan'],
  ['Ketua Pokja I', 'TP PKK Kebonsari Wetan', 'Ketua Pokja I TP PKK Kebonsari Wetan'],
  ['Ketua', 'Ketuasari', 'Ketua Ketuasari'],
])('the office %s of %s is called %s', (position, institution, office) => {
  expect(officeOf(position, institution)).toBe(office);
});

test.each([
  ['RT', 'RT 010/RW 009', 'RT 010/RW 009'],
  ['PKK', 'TP PKK Kebonsari Wetan', 'TP PKK Kebonsari Wetan'],
  ['Pokmas', 'Sinar Mulia', 'Pokmas Sinar Mulia'],
  ['Pokmas', 'pokmas Mawar', 'pokmas Mawar'],
  ['RT', 'Artha', 'RT Artha'],
])('the institution of the type %s with the name %s is called %s', (type, name, label) => {
  expect(institutionOfType(type, name)).toBe(label);
});

test('whoever stands in for the holder of a seat is called so', () => {
  expect(heldPosition('acting', 'Ketua')).toBe('Plt. Ketua');
  expect(heldPosition('caretaker', 'Ketua RT')).toBe('Pj. Ketua RT');
  expect(heldPosition('midterm', 'Ketua')).toBe('Ketua');
  expect(heldPosition(null, 'Ketua')).toBe('Ketua');
});
