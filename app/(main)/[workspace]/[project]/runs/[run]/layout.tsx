import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { openRun, type RunParams } from '@/app/open-run'
import { RunFrame } from '@/ui/features/run/run-frame'
import { HydrateClient } from '@/ui/trpc/server'

type Props = { params: RunParams; children: ReactNode }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { run } = await openRun(params)
  return { title: run.name }
}

export default async function RunLayout({ params, children }: Props) {
  const { place } = await openRun(params)
  return (
    <HydrateClient>
      <RunFrame place={place}>{children}</RunFrame>
    </HydrateClient>
  )
}
