/**
 * Types of `<mitto-otp>` for the templates of Vue 3.3 and later: `import type {} from 'mitto-otp/types/vue'`, once in
 * a project. Vue itself has to be told that the tag is no component of its: `compilerOptions.isCustomElement`.
 */
import type { HTMLAttributes, PublicProps } from 'vue';
import type { MittoOtpEventMap } from '../events.ts';
import type { MittoOtpElement } from '../mitto-otp-element.ts';
import type { MittoOtpAttributes, MittoOtpProperties } from './attributes.ts';

type Camelized<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camelized<Rest>>}`
  : Name;

/** Vue's compiler looks up `code-length` as `codeLength`. */
type Attributes = {
  [Name in keyof MittoOtpAttributes as Camelized<Name>]: MittoOtpAttributes[Name];
};

type Emit = {
  [Type in keyof MittoOtpEventMap]: (name: Type, event: MittoOtpEventMap[Type]) => void;
};

type UnionToIntersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

export type MittoOtpProps = Omit<HTMLAttributes, keyof Attributes> &
  Omit<MittoOtpProperties, keyof Attributes> &
  Attributes &
  PublicProps;

/** As Vue sees it: what `$props` and `$emit` say is what its template may. */
export type MittoOtpComponent = new () => MittoOtpElement & {
  $props: MittoOtpProps;
  $emit: UnionToIntersection<Emit[keyof Emit]>;
};

declare module 'vue' {
  interface GlobalComponents {
    'mitto-otp': MittoOtpComponent;
  }

  // For the page's own `<input slot="phone">`: Vue lacks what HTML has for every element.
  interface HTMLAttributes {
    slot?: string | undefined;
  }
}
