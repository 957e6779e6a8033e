import type { Response } from 'express';
import type { Paper } from '#src/pdf/paper.ts';

/** The same paper as a Word file, for an office that still changes a word before it signs. */
export async function buildWord(paper: Paper): Promise<Buffer> {
  // The writer takes 11 MB, which a portal holds only once somebody wanted a file of Word.
  const { writeWord } = await import('#src/word/document.ts');
  return writeWord(paper);
}

export function sendWord(res: Response, fileName: string, file: Buffer) {
  res.attachment(`${fileName}.docx`);
  res.type('application/vnd.openxmlformats-officedocument.wordprocessingml.document').send(file);
}
