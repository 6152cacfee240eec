/** An invalid setting, with a message that says how to fix it. Never its value. */
export interface SettingProblem {
  setting: string;
  problem: string;
}
