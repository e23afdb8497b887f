/** SQLite in the data folder, or PostgreSQL beyond one machine. */
export type DatabaseKind = 'sqlite' | 'postgres';
