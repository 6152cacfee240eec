'use client';

import type { MittoOtpElement } from 'mitto-otp/element';
import type {} from 'mitto-otp/types/react';
import { useEffect, useRef, useState } from 'react';

let asked: Promise<string> | undefined;

/** Asked for once, though React runs effects twice in development. */
function nonceOfVisit(): Promise<string> {
  asked ??= fetch('/sign-up')
    .then((answer) => answer.json())
    .then(({ nonce }: { nonce: string }) => nonce);
  return asked;
}

export function Phone({ endpoint }: { endpoint: string }) {
  const otp = useRef<MittoOtpElement>(null);
  const [nonce, setNonce] = useState('');
  const [proof, setProof] = useState('');
  // Once the page is React's: the element adds children of its own, and what a server has drawn gets no listeners.
  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    otp.current?.addEventListener('mitto-verified', (event) => setProof(event.proof), { signal });
    void nonceOfVisit().then((value) => {
      setNonce(value);
      return import('mitto-otp');
    });
    return () => left.abort();
  }, []);
  return (
    <>
      <mitto-otp ref={otp} name="phone-proof" required endpoint={endpoint} nonce-value={nonce} />
      <output>{proof}</output>
    </>
  );
}
