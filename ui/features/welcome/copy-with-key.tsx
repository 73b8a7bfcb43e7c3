'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/ui/kit/button'
import { copyText } from '@/ui/kit/copy-button'
import { toast } from '@/ui/kit/toaster'
import { useTRPC } from '@/ui/trpc/client'

export type CopyWithKeyProps = {
  workspace: string
  /** To be made along with the key. */
  project: string | undefined
  made: string | undefined
  onMade: (key: string) => void
  text: (key: string) => string
}

/** Makes a key of the reader's own on the first click, and copies the lines with it. */
export function CopyWithKey({ workspace, project, made, onMade, text }: CopyWithKeyProps) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [copied, setCopied] = useState(false)
  const makeKey = useMutation(trpc.keys.make.mutationOptions())
  const makeProject = useMutation(trpc.projects.create.mutationOptions())
  const copy = async () => {
    try {
      const key = made ?? (await makeKey.mutateAsync({ workspace, name: 'First run', scope: 'write', days: 90 })).key
      onMade(key)
      await copyText(text(key))
      setCopied(true)
      if (!project) return
      await makeProject.mutateAsync({ workspace, name: project })
      await client.invalidateQueries(trpc.projects.list.queryFilter({ workspace }))
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'The key could not be made')
    }
  }
  return (
    <Button size="small" look="main" disabled={makeKey.isPending} onClick={copy}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{copied ? 'Copied with key' : 'Copy with key'}</span>
    </Button>
  )
}
