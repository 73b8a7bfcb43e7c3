'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { useLiveProjects } from '@/ui/panels/use-live-projects'
import { useTRPC } from '@/ui/trpc/client'
import { NewProjectDialog } from './new-project-dialog'
import { ProjectTable } from './project-table'

export function ProjectsScreen({ workspace }: { workspace: string }) {
  const trpc = useTRPC()
  const { data: projects } = useSuspenseQuery(trpc.projects.list.queryOptions({ workspace }))
  const { data: place } = useSuspenseQuery(trpc.workspaces.get.queryOptions({ workspace }))
  useLiveProjects(projects.map(project => project.id))
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-6 pb-12 max-md:px-4">
      <div className="mx-auto max-w-[1080px]">
        <header className="mb-4 flex items-center gap-3">
          <h1 className="t-page flex-1">Projects</h1>
          {place.may.includes('project.create') ? <NewProjectDialog workspace={workspace} /> : null}
        </header>
        {projects.length > 0 ? (
          <ProjectTable workspace={workspace} projects={projects} />
        ) : (
          <p className="text-ink-2">
            A project holds the runs of one body of work. The first script that calls <code>init(project=…)</code> makes
            it, or make it here.
          </p>
        )}
      </div>
    </div>
  )
}
