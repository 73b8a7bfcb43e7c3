/** One violation of each import rule: what lies where, and the rule that has to see it. */
export interface Plant {
  rule: string
  files: Record<string, string>
}

const uses = (path: string) => `import * as planted from '${path}'\nexport const kept = planted\n`
const mark = (file: string) => file.replace(/(\/)([^/]+)$/, '$1planted-$2')

/** A file that imports what its rule forbids. */
const plant = (rule: string, file: string, imports: string, others: Record<string, string> = {}): Plant => ({
  rule,
  files: { [mark(file)]: uses(imports), ...others },
})

const empty = 'export const nothing = 0\n'

export const importPlants: Plant[] = [
  {
    rule: 'no-cycles',
    files: {
      'series/planted-here.ts': "import { there } from './planted-there.ts'\nexport const here = () => there\n",
      'series/planted-there.ts': "import { here } from './planted-here.ts'\nexport const there = () => here\n",
    },
  },
  plant('nothing-unresolved', 'series/lost.ts', './planted-nowhere.ts'),
  plant('protocol-is-a-leaf', 'protocol/leaf.ts', '../series/frame.ts'),
  plant('zod-only-in-schemas', 'protocol/zod.ts', 'zod'),
  plant('series-is-a-leaf', 'series/leaf.ts', '../protocol/frame.ts'),
  plant('sdk-sees-no-zod', 'sdk/typescript/src/schema.ts', '../../../protocol/planted-words.schema.ts', {
    'protocol/planted-words.schema.ts': empty,
  }),
  plant('sdk-sees-only-protocol', 'sdk/typescript/src/series.ts', '../../../series/frame.ts'),
  plant('server-never-looks-up', 'server/up.ts', '@/ui/planted-thing', { 'ui/planted-thing.ts': empty }),
  plant('ui-never-runs-server-code', 'ui/panels/server.ts', '@/server/errors'),
  plant('ui-never-looks-up', 'ui/kit/up.ts', '@/app/planted-thing', { 'app/planted-thing.ts': empty }),
  plant('features-do-not-touch', 'ui/features/planted-one/one.ts', '../planted-two/two', {
    'ui/features/planted-two/two.ts': empty,
  }),
  plant('panels-know-no-feature', 'ui/panels/feature.ts', '@/ui/features/planted-two/two'),
  plant('charts-know-no-panel', 'ui/charts/panel.ts', '@/ui/panels/planted-panel', {
    'ui/panels/planted-panel.ts': empty,
  }),
  plant('charts-never-fetch', 'ui/charts/fetch.ts', '@tanstack/react-query'),
  plant('app-is-thin', 'app/thick.ts', '@/server/errors'),
  plant('rooms-have-one-door', 'server/doors/back-window.ts', '../domain/planted-room/inside.ts', {
    'server/domain/planted-room/inside.ts': empty,
  }),
  plant('rooms-meet-at-the-door', 'server/domain/planted-other/wall.ts', '../planted-room/inside.ts'),
  plant('domain-knows-no-transport', 'server/domain/planted-room/transport.ts', 'socket.io'),
  plant('store-knows-no-domain', 'server/store/upward.ts', '../domain/planted-room/inside.ts'),
  plant('only-domain-and-store-touch-prisma', 'server/doors/query.ts', '../store/postgres.ts'),
  plant('tests-are-not-imported', 'server/tested.ts', './testing/factories.ts'),
]

const lines = (n: number, line: (i: number) => string) => Array.from({ length: n }, (_, i) => line(i)).join('\n')

export const lintPlants: Plant[] = [
  { rule: 'lint/style/useFilenamingConvention', files: { 'series/plantedCamel.ts': empty } },
  { rule: 'lint/style/noDefaultExport', files: { 'series/planted-default.ts': 'export default 1\n' } },
  { rule: 'lint/suspicious/noExplicitAny', files: { 'series/planted-any.ts': 'export const x: any = 1\n' } },
  {
    rule: 'lint/style/noExcessiveLinesPerFile',
    files: { 'series/planted-long-file.ts': lines(302, i => `export const n${i} = ${i}`) },
  },
  {
    rule: 'lint/complexity/noExcessiveLinesPerFunction',
    files: {
      'series/planted-long-function.ts': `export function long(): void {\n${lines(70, i => `  console.log(${i})`)}\n}\n`,
    },
  },
  { rule: 'format', files: { 'series/planted-format.ts': 'export   const format = "double";\n' } },
]

export const typePlant: Plant = {
  rule: 'TS2322',
  files: { 'series/planted-type.ts': "export const text: number = 'a word'\n" },
}

export const deadPlant: Plant = {
  rule: 'Unused files',
  files: { 'series/planted-dead.ts': 'export const dead = 1\n' },
}
