'use client';

import type { MittoOtpElement } from 'mitto-otp/element';
import type {} from 'mitto-otp/types/react';
import { useEffect, useRef, useState } from 'react';

export function Phone({ endpoint }: { endpoint: string }) {
  const otp = useRef<MittoOtpElement>(null);
  const [proof, setProof] = useState('');
  // Once the page is React's: the element adds children of its own, and what a server has drawn gets no listeners.
  useEffect(() => {
    void import('mitto-otp');
    const left = new AbortController();
    const { signal } = left;
    otp.current?.addEventListener('mitto-verified', (event) => setProof(event.proof), { signal });
    return () => left.abort();
  }, []);
  return (
    <>
      <mitto-otp ref={otp} name="phone-proof" required endpoint={endpoint} />
      <output>{proof}</output>
    </>
  );
}
