# Makes a CA certificate for one istiod, signed by the mesh's root, which is made first if there is none.
# What is called with `||` runs without errexit: hence `&&`. A certificate gets its name last, when all
# that goes with it is there.
make_ca() {
  local folder=$1 cluster=$2 above=$3 mesh=$4 root=root
  command -v openssl >/dev/null 2>&1 ||
    die "openssl is needed for a CA certificate; or put your own into ${folder}"
  (
    umask 077
    mkdir -p "${folder}" && make_root "${above}" "${mesh}" &&
      printf '%s\n' '[req]' 'distinguished_name = name' 'prompt = no' '[name]' 'O = Istio' \
        'CN = Intermediate CA' "OU = ${mesh}" "L = ${cluster}" '[ca]' 'basicConstraints = critical, CA:true, pathlen:0' \
        'keyUsage = critical, digitalSignature, nonRepudiation, keyEncipherment, keyCertSign' \
        'subjectKeyIdentifier = hash' 'authorityKeyIdentifier = keyid' >"${folder}/ca.conf" &&
      openssl req -newkey rsa:4096 -nodes -sha256 -config "${folder}/ca.conf" \
        -keyout "${folder}/ca-key.pem" -out "${folder}/ca.csr" &&
      openssl x509 -req -sha256 -days 730 -in "${folder}/ca.csr" -CA "${above}/${root}-cert.pem" \
        -CAkey "${above}/${root}-key.pem" -CAcreateserial -extfile "${folder}/ca.conf" -extensions ca \
        -out "${folder}/ca-cert.new" &&
      cp "${above}/${root}-cert.pem" "${folder}/${root}-cert.pem" &&
      cat "${folder}/ca-cert.new" "${folder}/${root}-cert.pem" >"${folder}/cert-chain.pem" &&
      mv "${folder}/ca-cert.new" "${folder}/ca-cert.pem"
  ) || die "openssl could not make the CA certificate in ${folder}"
}
