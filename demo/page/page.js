/** The parts of the demo page, put together. None of this is needed on a site: there, the form posts as any form does. */
import { startOperators } from './operators.js';
import { showAnswer } from './server-answer.js';
import { startSignUp } from './sign-up.js';
import { startVisitorPhone } from './visitor-phone.js';

for (const origin of document.querySelectorAll('.origin')) origin.textContent = location.origin;
startVisitorPhone();
startSignUp(showAnswer);
startOperators();
