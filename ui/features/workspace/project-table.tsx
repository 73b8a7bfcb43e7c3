import Link from 'next/link'
import { formatCount } from '@/ui/format/number'
import { TimeAgo } from '@/ui/format/time-ago'
import { Dot } from '@/ui/kit/dot'
import { Table, Td, Th, Tr } from '@/ui/kit/table'
import type { RouterOutputs } from '@/ui/trpc/client'

type ProjectRow = RouterOutputs['projects']['list'][number]

export function ProjectTable({ workspace, projects }: { workspace: string; projects: readonly ProjectRow[] }) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface [&_tr:last-child>td]:border-b-0">
      <Table>
        <thead>
          <tr>
            <Th>Project</Th>
            <Th numeric>Runs</Th>
            <Th>Training</Th>
            <Th numeric>Last run</Th>
          </tr>
        </thead>
        <tbody>
          {projects.map(project => (
            <Tr key={project.id} className="relative">
              <Td className="h-9 max-w-[40ch] truncate font-medium">
                <Link
                  href={`/${workspace}/${project.slug}`}
                  title={project.name}
                  className="after:absolute after:inset-0 hover:underline"
                >
                  {project.name}
                </Link>
              </Td>
              <Td numeric>{formatCount(project.runs)}</Td>
              <Td>
                {project.running > 0 ? (
                  <span className="flex items-center gap-2">
                    <Dot />
                    {project.running} running
                  </span>
                ) : null}
              </Td>
              <Td numeric className="text-ink-2">
                {project.lastRunAt ? <TimeAgo at={project.lastRunAt.getTime()} /> : 'none yet'}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
