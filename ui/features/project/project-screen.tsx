'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useLiveProjects } from '@/ui/panels/use-live-projects'
import { useTRPC } from '@/ui/trpc/client'
import { ProjectSplit } from './project-split'

export type ProjectPlace = { workspace: string; project: string }

export type ProjectScreenProps = {
  place: ProjectPlace
  listWidth: number
  /** What to show while the project has no run; it sees to it that the page becomes the first one. */
  welcome: ReactNode
}

export function ProjectScreen({ place, listWidth, welcome }: ProjectScreenProps) {
  const trpc = useTRPC()
  const { data: project } = useSuspenseQuery(trpc.projects.get.queryOptions(place))
  useLiveProjects([project.id])
  const [began] = useState(project.runs)
  if (began === 0) return welcome
  return <ProjectSplit place={place} name={project.name} total={project.runs} listWidth={listWidth} />
}
