# Makes the mesh's root certificate in a folder, unless it is there.
make_root() {
  local folder=$1 mesh=$2 root=root
  [ ! -f "${folder}/${root}-cert.pem" ] || return 0
  mkdir -p "${folder}" &&
    printf '%s\n' '[req]' 'distinguished_name = name' 'prompt = no' 'x509_extensions = ca' '[name]' 'O = Istio' \
      'CN = Root CA' "OU = ${mesh}" '[ca]' 'basicConstraints = critical, CA:true' \
      'keyUsage = critical, digitalSignature, nonRepudiation, keyEncipherment, keyCertSign' \
      'subjectKeyIdentifier = hash' >"${folder}/${root}.conf" &&
    openssl req -x509 -newkey rsa:4096 -nodes -sha256 -days 3650 -config "${folder}/${root}.conf" \
      -keyout "${folder}/${root}-key.pem" -out "${folder}/${root}-cert.new" &&
    mv "${folder}/${root}-cert.new" "${folder}/${root}-cert.pem"
}
