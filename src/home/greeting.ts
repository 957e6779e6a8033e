import type { Request } from 'express';
import * as format from '#src/format.ts';
import { currentAccount } from '#src/http/request.ts';
import { greeting } from '#src/home/rules.ts';
import { roleName } from '#src/navigation.ts';

/** The head of a start page: whom it greets, whose place it is about and which day it is. */
export function startHead(req: Request, today: string) {
  const account = currentAccount(req);
  return {
    title: `${greeting(format.hourNow())}, ${account.displayName}`,
    meta: `${account.scopeName || roleName(account.role)} · ${format.fullDate(today)}`,
  };
}
