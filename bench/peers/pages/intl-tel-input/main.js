import intlTelInput from 'intl-tel-input';
import 'intl-tel-input/styles';

intlTelInput(document.querySelector('#phone'), {
  loadUtils: () => import('intl-tel-input/utils'),
});
