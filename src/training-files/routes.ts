import { get, post } from '#src/http/routes.ts';
import { upload } from '#src/http/uploads.ts';
import { change, changePage, remove, removalPage } from '#src/training-files/change-pages.ts';
import { largestMaterial, largestPhoto } from '#src/training-files/checks.ts';
import {
  captionForm,
  materialFileForm,
  materialForm,
  materialLinkForm,
  photoForm,
  removalForm,
} from '#src/training-files/form.ts';
import { downloadByLink } from '#src/training-files/link-pages.ts';
import {
  addMaterialFile,
  addMaterialLink,
  downloadMaterial,
  newFilePage,
  newLinkPage,
} from '#src/training-files/material-pages.ts';
import { addPhoto, photoImage, photosPage, photoSmall } from '#src/training-files/photo-pages.ts';

const materials = '/pelatihan/:id/materi';
const photos = '/pelatihan/:id/foto';

const material = {
  field: 'file',
  maxBytes: largestMaterial,
  missing: 'Pilih berkas materi',
};
const photo = { field: 'file', maxBytes: largestPhoto, missing: 'Pilih atau ambil foto' };

export const trainingFileRoutes = [
  get(`${materials}/berkas`, 'training:write', newFilePage),
  upload(`${materials}/berkas`, 'training:write', materialFileForm, material, addMaterialFile),
  get(`${materials}/tautan`, 'training:write', newLinkPage),
  post(`${materials}/tautan`, 'training:write', materialLinkForm, addMaterialLink),
  get(`${materials}/:fileId`, 'training:write', changePage('material')),
  post(`${materials}/:fileId`, 'training:write', materialForm, change('material')),
  get(`${materials}/:fileId/unduh`, 'training:read', downloadMaterial),
  get(`${materials}/:fileId/penghapusan`, 'training:write', removalPage('material')),
  post(`${materials}/:fileId/penghapusan`, 'training:write', removalForm, remove('material')),
  get(photos, 'training:read', photosPage),
  upload(photos, 'training:record', photoForm, photo, addPhoto),
  get(`${photos}/:fileId`, 'training:read', photoImage),
  get(`${photos}/:fileId/kecil`, 'training:read', photoSmall),
  get(`${photos}/:fileId/ubah`, 'training:record', changePage('photo')),
  post(`${photos}/:fileId`, 'training:record', captionForm, change('photo')),
  get(`${photos}/:fileId/penghapusan`, 'training:record', removalPage('photo')),
  post(`${photos}/:fileId/penghapusan`, 'training:record', removalForm, remove('photo')),
  get('/u/:token/materi/:fileId', 'public', downloadByLink),
];
