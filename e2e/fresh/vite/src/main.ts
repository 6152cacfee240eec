import 'mitto-otp';

document.addEventListener('mitto-verified', ({ proof }) => {
  const output = document.querySelector('output');
  if (output) output.value = proof;
});
