/** The kinds of account; their scope is the city, a kecamatan, a kelurahan or one institution. */
export const roles = ['admin', 'kecamatan', 'lurah', 'staff', 'officer', 'auditor'] as const;
export type Role = (typeof roles)[number];

const permissionsByRole = {
  admin: [
    'institution:read',
    'kelurahan:remind',
    'person:read',
    'report:read',
    'account:manage',
    'settings:manage',
    'violation:read',
    'duty:manage',
    'duty:write',
    'decree:read',
    'decree-template:write',
    'import:read',
    'import:write',
    'duplicate:read',
    'person:merge',
    'training:read',
    'training:write',
    'training:record',
    'certificate:issue',
    'follow-up:read',
    'follow-up:write',
    'follow-up:step',
  ],
  kecamatan: [
    'institution:read',
    'kelurahan:remind',
    'person:read',
    'report:read',
    'violation:read',
    'decree:read',
    'duplicate:read',
    'training:read',
    'training:write',
    'training:record',
    'certificate:issue',
    'follow-up:read',
    'follow-up:write',
    'follow-up:step',
  ],
  lurah: [
    'institution:read',
    'institution:write',
    'institution:remind',
    'person:read',
    'nik:reveal',
    'roster-change:read',
    'roster-change:decide',
    'report:read',
    'book:export',
    'violation:read',
    'duty:write',
    'decree:read',
    'decree:write',
    'decree:revoke',
    'import:read',
    'duplicate:read',
    'person:merge',
    'training:read',
    'training:write',
    'training:record',
    'certificate:issue',
    'follow-up:read',
    'follow-up:write',
    'follow-up:step',
  ],
  staff: [
    'institution:read',
    'institution:write',
    'institution:remind',
    'institution:attest',
    'person:read',
    'nik:reveal',
    'roster-change:read',
    'roster-change:propose',
    'report:read',
    'book:export',
    'violation:read',
    'duty:write',
    'duty:record',
    'decree:read',
    'decree:write',
    'import:read',
    'import:write',
    'duplicate:read',
    'person:merge',
    'training:read',
    'training:write',
    'training:record',
    'certificate:issue',
    'follow-up:read',
    'follow-up:write',
    'follow-up:step',
  ],
  officer: [
    'institution:read',
    'institution:contact',
    'institution:attest',
    'person:read',
    'person:contact',
    'roster-change:read',
    'roster-change:propose',
    'duty:confirm',
    'training:read',
    'training:answer',
    'follow-up:read',
    'follow-up:step',
  ],
  auditor: [
    'institution:read',
    'person:read',
    'report:read',
    'violation:read',
    'decree:read',
    'training:read',
    'follow-up:read',
  ],
} as const satisfies Record<Role, readonly string[]>;

export type Permission = (typeof permissionsByRole)[Role][number];

/** Who may use a route. Every route names one. */
export type Access = 'public' | 'signed-in' | Permission;

/** Whoever is signed in, as read afresh on every request. */
export type SignedInAccount = {
  id: number;
  username: string;
  displayName: string;
  role: Role;
  kecamatanId: number | null;
  kelurahanId: number | null;
  institutionId: number | null;
  /** The kelurahan whose rows this account sees; empty for the city-wide roles, whose policies need none. */
  kelurahanIds: number[];
  /** What the scope is called on screen, such as "Kelurahan Kebonsari Wetan". */
  scopeName: string;
};

export function can(account: SignedInAccount, permission: Permission): boolean {
  const granted: readonly Permission[] = permissionsByRole[account.role];
  return granted.includes(permission);
}

const databaseRoles = {
  admin: 'portal_city',
  kecamatan: 'portal_kecamatan',
  lurah: 'portal_kelurahan',
  staff: 'portal_kelurahan',
  officer: 'portal_officer',
  auditor: 'portal_auditor',
} as const satisfies Record<Role, string>;

/** On whose behalf a transaction runs: row-level security and the audit trail see this and nobody else. */
export type Actor = {
  /** What the audit trail calls the actor: an account's id, or `system:` and a command. */
  id: string;
  databaseRole: (typeof databaseRoles)[Role] | 'portal_public';
  accountId: number | null;
  kelurahanIds: readonly number[];
  institutionId: number | null;
  requestId: string;
};

export function actorFor(account: SignedInAccount, requestId: string): Actor {
  return {
    id: String(account.id),
    databaseRole: databaseRoles[account.role],
    accountId: account.id,
    kelurahanIds: account.kelurahanIds,
    institutionId: account.institutionId,
    requestId,
  };
}

/** Whoever opens a public page or a private link; sees what definer functions hand out for the link and nothing else. */
export function publicActor(requestId: string): Actor {
  return {
    id: 'public',
    databaseRole: 'portal_public',
    accountId: null,
    kelurahanIds: [],
    institutionId: null,
    requestId,
  };
}

/** A command run by whoever holds the server, such as `demo` or `create-admin`; it acts for the whole city. */
export function systemActor(command: string): Actor {
  return {
    id: `system:${command}`,
    databaseRole: 'portal_city',
    accountId: null,
    kelurahanIds: [],
    institutionId: null,
    requestId: '',
  };
}

export const isCommand = (actor: Actor) => actor.id.startsWith('system:');
