// The privacy terms.
import { CONTRACT } from "../privacy.mjs";

export const privacyCalls = ({ privacy }) => ({
  getPrivacySetting: () => ({ needAuthorization: !privacy.agreed(), privacyContractName: CONTRACT }),
  openPrivacyContract: () => void privacy.showContract(),
  requirePrivacyAuthorize: () => privacy.ask("requirePrivacyAuthorize"),
  openSetting: async () => ({ authSetting: await privacy.openSetting() }),
});

export const privacy = ({ privacy: terms }) => ({
  onNeedPrivacyAuthorization: (listener) => terms.listen(listener),
});
