import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { migrationList, migrationsFolder, readMigrations } from '../store/migrate.ts'
import { everything, withSchemaEngine } from '../store/schema-engine.ts'

const path = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url))

/** The SQL that the migrations lack to make what schema.prisma says; empty when they agree. As a superuser: the engine
 * runs the migrations in a database of its own. */
export async function schemaDrift(admin: string): Promise<string> {
  const content = readFileSync(path, 'utf8')
  const files = [{ path, content }]
  const diff = await withSchemaEngine(
    admin,
    engine =>
      engine.diff({
        from: { tag: 'migrations', ...migrationList(migrationsFolder, readMigrations(migrationsFolder)) },
        to: { tag: 'schemaDatamodel', files },
        script: true,
        exitCode: null,
        filters: everything,
      }),
    content,
  )
  return statements(diff.stdout ?? '').join('\n\n')
}

const statements = (script: string) =>
  script
    .split(/^(?=-- )/m)
    .map(part => part.trim())
    .filter(part => part !== '' && !/^-- This is an empty migration/.test(part))
