//! The topology file as JSON, by the browser's own parser: the one that serde makes for the file's
//! types is a tenth of the whole page. One description of the file serves to read and to write it.

mod place;

use js_sys::{JSON, Object};
use meshwright_core::draft::{
    ApiVersion, Draft, File, FileAddress, FileCluster, FileControlPlane, FileGateways, FileIstio, FileMesh, FileSample,
};
use place::Place;
use wasm_bindgen::JsValue;

/// A draft as JSON.
pub(crate) fn write(draft: &Draft) -> String {
    let object: JsValue = Object::new().into();
    file(&mut Place::new(&object, true, &mut false), &mut File::from(draft));
    JSON::stringify(&object).map(String::from).unwrap_or_default()
}

/// Reads a draft; `None` where the text is no topology. What is wrong with it, the worker can say.
pub(crate) fn read(text: &str) -> Option<Draft> {
    let object = JSON::parse(text).ok()?;
    let mut wrong = false;
    let mut read = empty();
    file(&mut Place::new(&object, false, &mut wrong), &mut read);
    if wrong { None } else { Some(Draft::from(read)) }
}

fn empty() -> File {
    File {
        api_version: ApiVersion::V1,
        istio: FileIstio { version: String::new(), install_method: String::new() },
        clusters: Vec::new(),
        meshes: Vec::new(),
        sample: FileSample::default(),
    }
}

fn empty_cluster() -> FileCluster {
    let empty = String::new;
    let gateways = FileGateways::default();
    FileCluster { name: empty(), context: empty(), network: empty(), api_server: empty(), platform: empty(), gateways }
}

fn empty_mesh() -> FileMesh {
    FileMesh { mesh_id: String::new(), trust_domain: String::new(), control_planes: Vec::new() }
}

fn empty_control_plane() -> FileControlPlane {
    FileControlPlane {
        cluster: String::new(),
        config_cluster: String::new(),
        remote_clusters: Vec::new(),
        namespace: String::new(),
        revision: String::new(),
        address: FileAddress::default(),
    }
}

// The description. Each struct is taken apart, so that the compiler asks about a field that is new.

fn file(at: &mut Place<'_>, File { api_version, istio, clusters, meshes, sample }: &mut File) {
    let mut version = api_version.name().to_owned();
    at.text("apiVersion", &mut version, true);
    at.expect(version == api_version.name());
    at.group("istio", true, &mut |at| {
        let FileIstio { version, install_method } = &mut *istio;
        at.text("version", version, true);
        at.text("installMethod", install_method, false);
    });
    at.list("clusters", true, clusters, empty_cluster, cluster);
    at.list("meshes", true, meshes, empty_mesh, |at, FileMesh { mesh_id, trust_domain, control_planes }| {
        at.text("meshID", mesh_id, true);
        at.text("trustDomain", trust_domain, false);
        at.list("controlPlanes", true, control_planes, empty_control_plane, control_plane);
    });
    at.group("sample", false, &mut |at| {
        let FileSample { app, namespace, route } = &mut *sample;
        at.text("app", app, false);
        at.text("namespace", namespace, false);
        at.text("route", route, false);
    });
    at.end();
}

fn cluster(at: &mut Place<'_>, cluster: &mut FileCluster) {
    let FileCluster { name, context, network, api_server, platform, gateways } = cluster;
    at.text("name", name, true);
    at.text("context", context, true);
    at.text("network", network, false);
    at.text("apiServer", api_server, false);
    at.text("platform", platform, false);
    at.group("gateways", false, &mut |at| {
        let FileGateways { ingress, egress, east_west } = &mut *gateways;
        at.text("ingress", ingress, false);
        at.text("egress", egress, false);
        at.text("eastWest", east_west, false);
    });
}

fn control_plane(at: &mut Place<'_>, plane: &mut FileControlPlane) {
    let FileControlPlane { cluster, config_cluster, remote_clusters, namespace, revision, address } = plane;
    at.text("cluster", cluster, true);
    at.text("configCluster", config_cluster, true);
    at.texts("remoteClusters", remote_clusters);
    at.text("namespace", namespace, true);
    at.text("revision", revision, false);
    at.group("address", false, &mut |at| {
        let FileAddress { kind, host, tls_secret, gateway_trust, ip } = &mut *address;
        at.text("type", kind, false);
        at.text("host", host, false);
        at.text("tlsSecret", tls_secret, false);
        at.text("gatewayTrust", gateway_trust, false);
        at.text("ip", ip, false);
    });
}
