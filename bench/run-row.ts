// One row in a process of its own: what it measured goes to the parent as a message.
import type { Size } from './row.ts'
import { rows } from './rows.ts'

const [id, size] = process.argv.slice(2) as [string, Size]
const row = rows.find(candidate => candidate.id === id)
if (!row) throw new Error(`There is no row ${id}`)
const measure = await row.load()
const measured = await measure(size)
process.send?.(measured, () => process.exit(0))
