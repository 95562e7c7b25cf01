//! The topology file as JSON, by the browser's own parser: the one that serde makes for the file's
//! types is a tenth of the whole page. One description of the file serves to read and to write it.

use js_sys::{Array, JSON, Object, Reflect};
use meshwright_core::draft::{
    ApiVersion, Draft, File, FileAddress, FileCluster, FileControlPlane, FileGateways, FileIstio, FileMesh, FileSample,
};
use wasm_bindgen::{JsCast, JsValue};

/// A draft as JSON.
pub(crate) fn write(draft: &Draft) -> String {
    let mut fault = None;
    let object: JsValue = Object::new().into();
    file(&mut Place::new(&object, true, String::new(), &mut fault), &mut File::from(draft));
    JSON::stringify(&object).map(String::from).unwrap_or_default()
}

/// Reads a draft, or says what is wrong with the text.
pub(crate) fn read(text: &str) -> Result<Draft, String> {
    let object = JSON::parse(text).map_err(|error| {
        let words = Reflect::get(&error, &"message".into()).ok().and_then(|words| words.as_string());
        words.unwrap_or_else(|| "it is not JSON".to_owned())
    })?;
    let mut fault = None;
    let mut read = empty();
    file(&mut Place::new(&object, false, String::new(), &mut fault), &mut read);
    fault.map_or_else(|| Ok(Draft::from(read)), Err)
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
    let mut version = match api_version {
        ApiVersion::V1 => "meshwright/v1".to_owned(),
    };
    at.text("apiVersion", &mut version, true);
    if version != "meshwright/v1" {
        at.fail("apiVersion", "has to be meshwright/v1");
    }
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
    at.group("address", true, &mut |at| {
        let FileAddress { kind, host, tls_secret, gateway_trust, ip } = &mut *address;
        at.text("type", kind, false);
        at.text("host", host, false);
        at.text("tlsSecret", tls_secret, false);
        at.text("gatewayTrust", gateway_trust, false);
        at.text("ip", ip, false);
    });
}

fn keys(object: &JsValue) -> Vec<String> {
    Object::keys(object.unchecked_ref::<Object>()).iter().filter_map(|name| name.as_string()).collect()
}

/// An object of the file, being read or written.
struct Place<'a> {
    object: &'a JsValue,
    writes: bool,
    path: String,
    known: Vec<&'static str>,
    /// The first thing that is wrong.
    fault: &'a mut Option<String>,
}

impl<'a> Place<'a> {
    fn new(object: &'a JsValue, writes: bool, path: String, fault: &'a mut Option<String>) -> Self {
        let mut place = Place { object, writes, path, known: Vec::new(), fault };
        if !object.is_object() || Array::is_array(object) {
            place.fail("", "has to be an object");
        }
        place
    }

    fn path(&self, name: &str) -> String {
        if self.path.is_empty() || name.is_empty() {
            [&*self.path, name].concat()
        } else {
            [&*self.path, ".", name].concat()
        }
    }

    fn fail(&mut self, name: &str, what: &str) {
        if self.fault.is_none() {
            let path = self.path(name);
            *self.fault = Some([if path.is_empty() { "it" } else { &path }, " ", what].concat());
        }
    }

    /// What the object has under that name.
    fn find(&mut self, name: &'static str, needed: bool) -> Option<JsValue> {
        self.known.push(name);
        let found = Reflect::get(self.object, &name.into()).ok().filter(|found| !found.is_undefined());
        if found.is_none() && needed {
            self.fail(name, "is missing");
        }
        found
    }

    fn put(&self, name: &str, value: &JsValue) {
        let _ = Reflect::set(self.object, &name.into(), value);
    }

    fn text(&mut self, name: &'static str, text: &mut String, needed: bool) {
        if self.writes {
            if needed || !text.is_empty() {
                self.put(name, &text.as_str().into());
            }
        } else if let Some(found) = self.find(name, needed) {
            match found.as_string() {
                Some(found) => *text = found,
                None => self.fail(name, "has to be text"),
            }
        }
    }

    fn group(&mut self, name: &'static str, needed: bool, inner: &mut dyn FnMut(&mut Place<'_>)) {
        let path = self.path(name);
        if self.writes {
            let object: JsValue = Object::new().into();
            inner(&mut Place::new(&object, true, path, self.fault));
            if needed || keys(&object).len() > 0 {
                self.put(name, &object);
            }
        } else if let Some(object) = self.find(name, needed) {
            let mut place = Place::new(&object, false, path, self.fault);
            inner(&mut place);
            place.end();
        }
    }

    /// The elements of a list, each with its path.
    fn elements(&mut self, name: &'static str, needed: bool) -> Vec<(JsValue, String)> {
        let Some(found) = self.find(name, needed) else { return Vec::new() };
        if !Array::is_array(&found) {
            self.fail(name, "has to be a list");
            return Vec::new();
        }
        let path = |index: u32| [&self.path(name), "[", &index.to_string(), "]"].concat();
        (0..).zip(Array::from(&found).to_vec()).map(|(index, element)| (element, path(index))).collect()
    }

    fn list<T>(
        &mut self,
        name: &'static str,
        needed: bool,
        all: &mut Vec<T>,
        empty: fn() -> T,
        inner: fn(&mut Place<'_>, &mut T),
    ) {
        if self.writes {
            let array = Array::new();
            for one in all {
                let object: JsValue = Object::new().into();
                inner(&mut Place::new(&object, true, String::new(), self.fault), one);
                array.push(&object);
            }
            self.put(name, &array);
            return;
        }
        for (object, path) in self.elements(name, needed) {
            let mut one = empty();
            let mut place = Place::new(&object, false, path, self.fault);
            inner(&mut place, &mut one);
            place.end();
            all.push(one);
        }
    }

    fn texts(&mut self, name: &'static str, all: &mut Vec<String>) {
        if self.writes {
            if !all.is_empty() {
                let array: Array = all.iter().map(|text| JsValue::from_str(text)).collect();
                self.put(name, &array);
            }
            return;
        }
        for (text, _) in self.elements(name, false) {
            match text.as_string() {
                Some(text) => all.push(text),
                None => self.fail(name, "has to be a list of texts"),
            }
        }
    }

    /// The file has no other fields than those that were asked for.
    fn end(&mut self) {
        if self.writes || !self.object.is_object() {
            return;
        }
        for name in keys(self.object) {
            if !self.known.contains(&name.as_str()) {
                self.fail(&name, "is not a field of the file");
            }
        }
    }
}
