import { TabSkeleton } from '@/ui/features/run/tab-skeleton'

export default function Loading() {
  return <TabSkeleton />
}
