import type { UploadedFile } from '#src/http/uploads.ts';
import {
  asJpeg,
  brokenPdf,
  brokenPicture,
  isWholePdf,
  pictureEndings,
  typeOf,
} from '#src/uploaded-files.ts';

/** As the database limits what it keeps; a photo comes larger from a camera and is shrunk. */
export const largestMaterial = 5 * 1024 * 1024;
export const largestPhoto = 12 * 1024 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;
type Material = { name: string; type: string; bytes: Bytes };
type Photo = Material & { thumbnail: Bytes };

const office = 'application/vnd.openxmlformats-officedocument';
const endings = {
  'application/pdf': /\.pdf$/i,
  [`${office}.presentationml.presentation`]: /\.pptx$/i,
  [`${office}.wordprocessingml.document`]: /\.docx$/i,
  [`${office}.spreadsheetml.sheet`]: /\.xlsx$/i,
  ...pictureEndings,
};

/** Enough for half a page of the report, and for the page with all photos. */
const photoSide = 1600;
const thumbnailSide = 480;

export async function checkMaterial(
  file: UploadedFile,
): Promise<{ kept: Material } | { problem: string }> {
  const type = await typeOf(file, endings);
  if (type === null)
    return {
      problem:
        'Unggah PDF, PowerPoint (.pptx), Word (.docx), Excel (.xlsx), atau gambar. Berkas ini bukan salah satunya',
    };
  if (type.startsWith('image/')) {
    const bytes = await asJpeg(file.bytes, photoSide);
    return bytes
      ? { kept: { name: jpegName(file.name), type: 'image/jpeg', bytes } }
      : { problem: brokenPicture };
  }
  if (type === 'application/pdf' && !isWholePdf(file.bytes)) return { problem: brokenPdf };
  return { kept: { name: file.name, type, bytes: new Uint8Array(file.bytes) } };
}

export async function checkPhoto(
  file: UploadedFile,
): Promise<{ kept: Photo } | { problem: string }> {
  if ((await typeOf(file, pictureEndings)) === null)
    return { problem: 'Unggah foto JPEG, PNG, atau WebP. Berkas ini bukan salah satunya' };
  const bytes = await asJpeg(file.bytes, photoSide);
  const thumbnail = bytes && (await asJpeg(bytes, thumbnailSide));
  return bytes && thumbnail
    ? { kept: { name: jpegName(file.name), type: 'image/jpeg', bytes, thumbnail } }
    : { problem: brokenPicture };
}

const jpegName = (name: string) => name.replace(/\.\w+$/, '.jpg');
