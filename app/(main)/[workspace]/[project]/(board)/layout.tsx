import type { ReactNode } from 'react'
import { plain } from '@/app/open'
import { Page } from '@/ui/features/frame/page'

type Props = { params: Promise<{ workspace: string; project: string }>; children: ReactNode }

export default async function BoardLayout({ params, children }: Props) {
  return <Page workspace={plain((await params).workspace)}>{children}</Page>
}
