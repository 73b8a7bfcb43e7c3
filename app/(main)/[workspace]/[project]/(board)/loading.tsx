import { ProjectSkeleton } from '@/ui/features/project/project-skeleton'

export default function Loading() {
  return <ProjectSkeleton />
}
