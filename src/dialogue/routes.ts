import { createNote, newNotePage, notePage, updateNote } from '#src/dialogue/edit-pages.ts';
import { dialogueQuery, newNoteQuery, noteForm } from '#src/dialogue/form.ts';
import { dialogueList } from '#src/dialogue/pages.ts';
import { get, post } from '#src/http/routes.ts';

export const dialogueRoutes = [
  get('/pelatihan/:id/dialog', 'training:read', dialogueQuery, dialogueList),
  post('/pelatihan/:id/dialog', 'training:record', noteForm, createNote),
  get('/pelatihan/:id/dialog/baru', 'training:record', newNoteQuery, newNotePage),
  get('/pelatihan/:id/dialog/:noteId', 'training:record', notePage),
  post('/pelatihan/:id/dialog/:noteId', 'training:record', noteForm, updateNote),
];
