# Removes the default validator if it is this installation's: it leads to one of the places given.
remove_validator() {
  local context=$1 place found
  shift
  found="$(kubectl get validatingwebhookconfiguration istiod-default-validator --context="${context}" \
    --ignore-not-found --output=jsonpath='{.webhooks[*].clientConfig.url} {.webhooks[*].clientConfig.service.namespace}')"
  for place; do
    case " ${found} " in
      *[\ /]"${place}"[\ :]*)
        # istioctl may have removed it, and the API server not yet have done so.
        kubectl delete validatingwebhookconfiguration istiod-default-validator --context="${context}" \
          --ignore-not-found
        return
        ;;
    esac
  done
}
