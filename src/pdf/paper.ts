/** What a printed page says, as plain data: it travels to a worker and becomes PDF, or a Word file. */
export type Paper = {
  title: string;
  orientation: 'portrait' | 'landscape';
  /** The calendar day of the content; the file carries no other time, so the same content gives the same bytes. */
  asOf: string;
  /** Left of "Halaman 1 dari 2" at the foot of every page. */
  footer: string;
  /** False where every page is a letter of its own. */
  isNumbered?: boolean;
  blocks: Block[];
};

export type Block =
  | { kind: 'letterhead'; lines: string[]; address: string | null }
  | { kind: 'heading'; text: string; level: 1 | 2 }
  | {
      kind: 'text';
      text: string;
      align?: 'left' | 'center' | 'right' | 'justify';
      bold?: true;
      small?: true;
    }
  | {
      kind: 'table';
      columns: Column[];
      rows: Cell[][];
      total?: Cell[];
      /** Millimetres that a row has at least, so that one can write in it. */
      rowHeight?: number;
    }
  | { kind: 'clauses'; clauses: Clause[] }
  | { kind: 'signatures'; left: Signature | null; right: Signature | null }
  | { kind: 'list'; title: string; items: string[] }
  | { kind: 'aside'; lines: [string, string][]; title: string }
  /** Nomor, Sifat, Lampiran, Hal, with place and date on the line of the first. */
  | { kind: 'reference'; lines: [string, string][]; dated: string }
  /** A code to scan, the same to read, and what they are for. */
  | { kind: 'qr'; url: string; label: string; code: string; lines: string[] }
  | { kind: 'pictures'; pictures: Picture[] }
  | { kind: 'space'; millimetres: number }
  /** Turns the page unless so much is left of it. */
  | { kind: 'room'; millimetres: number }
  | { kind: 'page' };

/** A JPEG with its caption; pixels. */
export type Picture = { title: string; bytes: Uint8Array; width: number; height: number };

export type Cell = string | number | null;

/**
 * `width` is a share of the page; columns of one `group` stand under a common head. In a `zigzag` column every other row
 * begins in the middle, so that signatures have the height of two rows.
 */
export type Column = {
  label: string;
  width: number;
  align?: 'right' | 'center';
  group?: string;
  zigzag?: true;
};

/** "Menimbang : a. …": a word, a colon, and numbered sentences. */
export type Clause = { label: string; items: { mark: string; text: string }[] };

export type Signature = {
  /** Lines above the office, such as "Probolinggo, 24 November 2026" or "Mengetahui,". */
  above: string[];
  office: string;
  name: string | null;
  rank: string | null;
  nip: string | null;
};
