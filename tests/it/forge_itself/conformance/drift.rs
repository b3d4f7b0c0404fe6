//! Where the types of Bitbucket's answers are behind, or beside, what Bitbucket says elsewhere.

/// Parts of the types' text, and what stands in their place.
pub(super) const BITBUCKET: &[(&str, &str)] = &[
    // Lists that are newer (CHANGE-2770), or were never described.
    (
        "  export type Any = any\n",
        "  export type Any = any
  export interface Paginated<T> { page?: number; pagelen?: number; size?: number; next?: string; values?: T[] }
  export type PaginatedEmails = Paginated<Email>
  export interface Email { type: string; email?: string; is_primary?: boolean; is_confirmed?: boolean; links?: { self?: Link } }
  export type PaginatedWorkspaceAccess = Paginated<WorkspaceAccess>
  export interface WorkspaceAccess { type: string; administrator?: boolean; workspace?: WorkspaceBase }
  export interface WorkspaceBase { type: string; uuid?: string; slug?: string; links?: { self?: Link; avatar?: Link } }
  export interface CommitDirectory { type: string; path?: string; commit?: Commit; links?: { self?: Link; meta?: Link } }
",
    ),
    // The description's own examples have these addresses, and commits are made by somebody by now.
    (
        "    hash?: string\n    message",
        "    hash?: string\n    links?: { self?: Link; html?: Link }\n    committer?: Author\n    message",
    ),
    // Types that are a special case of the described one: what follows has more members.
    ("values?: BaseCommit[]", "values?: Commit[]"),
    ("values?: Treeentry[]", "values?: (CommitFile | CommitDirectory)[]"),
    ("owner?: Account", "owner?: User | Team"),
    ("user?: Account", "user?: User"),
    // One's own account has its former name, too.
    ("    nickname?: string", "    nickname?: string\n    username?: string"),
    // An empty repository has no main branch.
    (
        "mainbranch?: Branch",
        "slug?: string\n    workspace?: WorkspaceBase\n    mainbranch?: Branch | null",
    ),
    // By the description's words it is a list, as it is in its examples.
    (
        "attributes?: 'link' | 'executable' | 'subrepository' | 'binary' | 'lfs'",
        "attributes?: ('link' | 'executable' | 'subrepository' | 'binary' | 'lfs')[]
    size?: number
    links?: { self?: Link; meta?: Link }",
    ),
    // The fields of a form are named where they are wrong.
    (
        "      detail?: string\n      message",
        "      detail?: string\n      fields?: { [name: string]: string[] }\n      message",
    ),
];
