//! Where nodes, labels and edges stand.
//!
//! The crate dagre says which column a node is in and how high it stands; how far columns are
//! from each other follows from how steep the edges between them would be. Within a column an
//! edge is level, so it meets nothing that stands there.

use dagre::graph::{Edge as Key, Graph, GraphOptions};
use dagre::layout::layout;
use dagre::layout::types::LabelPos;
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};

/// What is left free above and below nodes, and edges.
const NODE_ROOM: f64 = 26.0;
const EDGE_ROOM: f64 = 16.0;
/// The least and the greatest distance of columns.
const NEAR: f64 = 30.0;
const FAR: f64 = 160.0;
/// How much of what an edge climbs columns are apart.
const SLOPE: f64 = 0.45;

/// A point.
pub(super) type Point = (f64, f64);

/// Where an edge goes and where its label is.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    /// Pairs of points with a level line between, from the node to the node.
    pub(super) levels: Vec<[Point; 2]>,
    /// The middle of its label.
    pub(super) label: Point,
}

/// Where everything is.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The middles of the nodes.
    pub(super) nodes: Vec<Point>,
    /// The edges.
    pub(super) routes: Vec<Route>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// What stands one above the other.
struct Column {
    /// Where dagre has its middle.
    at: f64,
    half: f64,
}

/// Lays out nodes by their widths and heights, and edges by the places of their ends and the
/// widths and heights of their labels.
pub(super) fn places(nodes: &[Point], edges: &[(usize, usize, Point)]) -> Places {
    let graph = laid(nodes, edges);
    let mut middles: Vec<Point> = nodes.iter().map(|_| (0.0, 0.0)).collect();
    for (at, middle) in middles.iter_mut().enumerate() {
        let own = graph.node(&name(at));
        let place = |side: Option<f64>| side.unwrap_or_default();
        *middle = own.map_or((0.0, 0.0), |own| (place(own.x), place(own.y)));
    }
    let mut ways: Vec<(Vec<Point>, Point)> = Vec::with_capacity(edges.len());
    for (at, (from, to, _)) in edges.iter().enumerate() {
        let own = graph.edge_by_obj(&key(at, *from, *to));
        let points = own.map_or(&[][..], |own| &own.points);
        // The first and the last one are on the borders of the nodes.
        let inner = points.iter().skip(1).take(points.len().saturating_sub(2));
        let label = own.map_or((0.0, 0.0), |own| {
            (own.x.unwrap_or_default(), own.y.unwrap_or_default())
        });
        ways.push((inner.map(|point| (point.x, point.y)).collect(), label));
    }
    let columns = columns(nodes, edges, &middles, &ways);
    let ports = ports(nodes, edges, &middles, &ways);
    // How high edges are in each column that they come through.
    let column = |x: f64| {
        let near = columns.iter().position(|column| (column.at - x).abs() < 0.5);
        near.unwrap_or_default()
    };
    let heights = edges.iter().zip(&ways).zip(&ports).map(|((edge, way), ends)| {
        let first = std::iter::once((column(middles[edge.0].0), ends[0]));
        let inner = way.0.iter().map(|point| (column(point.0), point.1));
        let last = std::iter::once((column(middles[edge.1].0), ends[1]));
        first.chain(inner).chain(last).collect()
    });
    let heights: Vec<Vec<(usize, f64)>> = heights.collect();
    let mut gaps = vec![NEAR; columns.len()];
    for pair in heights.iter().flat_map(|way| way.windows(2)) {
        let climb = SLOPE * (pair[1].1 - pair[0].1).abs();
        gaps[pair[0].0] = gaps[pair[0].0].max(climb.min(FAR));
    }
    let mut x = Vec::with_capacity(columns.len());
    let mut left = 0.0;
    for (column, gap) in columns.iter().zip(&gaps) {
        x.push(left + column.half);
        left += 2.0 * column.half + gap;
    }
    let width = left - gaps.last().copied().unwrap_or_default();
    let route =
        |((edge, way), own): ((&(usize, usize, Point), _), &Vec<(usize, f64)>)| {
            let (_, label): &(Vec<Point>, Point) = way;
            let last = own.len() - 1;
            let level = |(rank, (place, y)): (usize, &(usize, f64))| {
                let half = columns[*place].half;
                let start = if rank == 0 { nodes[edge.0].0 / 2.0 } else { -half };
                let end = if rank == last { -nodes[edge.1].0 / 2.0 } else { half };
                [(x[*place] + start, *y), (x[*place] + end, *y)]
            };
            let levels = own.iter().enumerate().map(level).collect();
            Route { levels, label: (x[column(label.0)], label.1) }
        };
    let routes = edges.iter().zip(&ways).zip(&heights).map(route).collect();
    let middles: Vec<Point> =
        middles.iter().map(|middle| (x[column(middle.0)], middle.1)).collect();
    let mut found = Places { nodes: middles, routes, width: width.max(0.0), height: 0.0 };
    if is_upside_down(&found.nodes) {
        found.nodes.iter_mut().for_each(|at| at.1 = -at.1);
        for route in &mut found.routes {
            route.label.1 = -route.label.1;
            route.levels.iter_mut().flatten().for_each(|point| point.1 = -point.1);
        }
    }
    found.lift(nodes, edges);
    found
}

impl Places {
    /// Brings the highest thing to height 0, and finds the lowest.
    fn lift(&mut self, nodes: &[Point], edges: &[(usize, usize, Point)]) {
        let middles = self.nodes.iter().zip(nodes).map(|(at, size)| (at.1, size.1));
        let labels =
            self.routes.iter().zip(edges).map(|(route, edge)| (route.label.1, edge.2.1));
        let ways = self.routes.iter().flat_map(|route| &route.levels).flatten();
        let all = middles.chain(labels).chain(ways.map(|point| (point.1, 2.0)));
        let (mut top, mut bottom) = (f64::MAX, f64::MIN);
        for (middle, height) in all {
            top = top.min(middle - height / 2.0);
            bottom = bottom.max(middle + height / 2.0);
        }
        if top > bottom {
            return;
        }
        self.height = bottom - top;
        self.nodes.iter_mut().for_each(|at| at.1 -= top);
        for route in &mut self.routes {
            route.label.1 -= top;
            route.levels.iter_mut().flatten().for_each(|point| point.1 -= top);
        }
    }
}

/// Whether most nodes of a column stand above those that come before them.
fn is_upside_down(nodes: &[Point]) -> bool {
    let mut balance = 0i64;
    for (at, (x, y)) in nodes.iter().enumerate() {
        for (_, below) in nodes[at + 1..].iter().filter(|other| other.0 == *x) {
            balance += if below < y { 1 } else { -1 };
        }
    }
    balance > 0
}

/// The name of a node, which sorts as its place does.
fn name(at: usize) -> String {
    format!("{at:06}")
}

fn key(at: usize, from: usize, to: usize) -> Key {
    Key { v: name(from), w: name(to), name: Some(name(at)) }
}

/// The graph with what dagre found.
fn laid(nodes: &[Point], edges: &[(usize, usize, Point)]) -> Graph<NodeLabel, EdgeLabel> {
    let options = GraphOptions { directed: true, multigraph: true, compound: false };
    let mut graph = Graph::with_options(options);
    for (at, (width, height)) in nodes.iter().enumerate() {
        let (width, height) = (*width, *height);
        let label = NodeLabel { width, height, ..NodeLabel::default() };
        graph.set_node(name(at), Some(label));
    }
    for (at, (from, to, (width, height))) in edges.iter().enumerate() {
        let (width, height, labelpos) = (*width, *height, LabelPos::Center);
        let label = EdgeLabel { width, height, labelpos, ..EdgeLabel::default() };
        graph.set_edge(name(*from), name(*to), Some(label), Some(&name(at)));
    }
    let options = LayoutOptions {
        rankdir: RankDir::LR,
        nodesep: NODE_ROOM,
        edgesep: EDGE_ROOM,
        ranksep: NEAR,
        ..LayoutOptions::default()
    };
    layout(&mut graph, Some(options));
    graph
}

/// The columns from the left to the right, as wide as the widest thing in them.
fn columns(
    nodes: &[Point],
    edges: &[(usize, usize, Point)],
    middles: &[Point],
    ways: &[(Vec<Point>, Point)],
) -> Vec<Column> {
    let own = middles.iter().zip(nodes).map(|(at, size)| (at.0, size.0 / 2.0));
    let labels = ways.iter().zip(edges).map(|(way, edge)| (way.1.0, edge.2.0 / 2.0));
    let inner = ways.iter().flat_map(|way| &way.0).map(|point| (point.0, 0.0));
    let mut all: Vec<(f64, f64)> = own.chain(labels).chain(inner).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<Column> = Vec::new();
    for (at, half) in all {
        match columns.last_mut() {
            Some(last) if at - last.at < 0.5 => last.half = last.half.max(half),
            _ => columns.push(Column { at, half }),
        }
    }
    columns
}

/// How high edges leave and reach their nodes: apart, in the order of where they come from.
fn ports(
    nodes: &[Point],
    edges: &[(usize, usize, Point)],
    middles: &[Point],
    ways: &[(Vec<Point>, Point)],
) -> Vec<[f64; 2]> {
    let mut ports = vec![[0.0; 2]; edges.len()];
    for end in [0, 1] {
        // For each node: its edges with how high they are beside it.
        let mut beside: Vec<Vec<(f64, usize)>> = vec![Vec::new(); nodes.len()];
        for (at, (edge, way)) in edges.iter().zip(ways).enumerate() {
            let (own, other) = if end == 0 { (edge.0, edge.1) } else { (edge.1, edge.0) };
            let near = if end == 0 { way.0.first() } else { way.0.last() };
            let height = near.map_or(middles[other].1, |point| point.1);
            beside[own].push((height, at));
        }
        for (node, list) in beside.iter_mut().enumerate() {
            list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let room = (nodes[node].1 - 16.0).max(0.0);
            let count = list.len();
            let step = (room / count as f64).min(18.0);
            for (rank, (_, edge)) in list.iter().enumerate() {
                let rank = rank as f64 - (count as f64 - 1.0) / 2.0;
                ports[*edge][end] = middles[node].1 + step * rank;
            }
        }
    }
    ports
}
