# Removes the default validator if it is this installation's: it names the text given.
remove_validator() {
  local context=$1 text=$2 found
  found="$(kubectl get validatingwebhookconfiguration istiod-default-validator --context="${context}" \
    --ignore-not-found --output=jsonpath='{.webhooks[*].clientConfig.url} {.webhooks[*].clientConfig.service.namespace}')"
  case " ${found} " in
    *[\ /]"${text}"[\ :]*) kubectl delete validatingwebhookconfiguration istiod-default-validator --context="${context}" ;;
  esac
}
