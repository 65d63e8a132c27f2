namespace Experiments.Dashboard.Models;

/// <summary>A tree of prerequisites as boxes and lines.</summary>
internal sealed class GraphDrawing
{
    private const double RowHeight = 56;
    private const double Margin = 2;
    private const double WideBox = 152;
    private const double WideGap = 70;
    private const double NarrowWidth = 320;
    private const double Indent = 26;
    private const double CharacterWidth = 7.6;

    private readonly List<GraphBox> _boxes = [];
    private readonly List<GraphText> _texts = [];
    private readonly List<string> _lines = [];

    private GraphDrawing(double width) => Width = width;

    public double Width { get; }

    public double Height { get; private set; }

    public IReadOnlyList<GraphBox> Boxes => _boxes;

    public IReadOnlyList<GraphText> Texts => _texts;

    /// <summary>Paths.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>From left to right: what is needed, the flag, what needs it.</summary>
    public static GraphDrawing Wide(PrerequisiteTree tree)
    {
        int left = DepthOf(tree.Needs);
        int columns = left + 1 + DepthOf(tree.NeededBy);
        var drawing = new GraphDrawing((columns * WideBox) + ((columns - 1) * WideGap) + (2 * Margin));
        double rows = Math.Max(1, Math.Max(RowsOf(tree.Needs, tree.MoreNeeds), RowsOf(tree.NeededBy, tree.MoreNeededBy)));
        drawing.Height = (rows * RowHeight) + (2 * Margin) - (RowHeight - GraphBox.Height);
        double middle = drawing.Height / 2;
        double rootX = XOf(left);
        drawing.AddBox(rootX, middle, WideBox, tree.Key, tree.State, "this", null, "root");
        drawing.AddSide(tree.Needs, tree.MoreNeeds, left, -1, (rootX, middle), middle);
        drawing.AddSide(tree.NeededBy, tree.MoreNeededBy, left, 1, (rootX + WideBox, middle), middle);
        return drawing;
    }

    /// <summary>From top to bottom, for a phone.</summary>
    public static GraphDrawing Narrow(PrerequisiteTree tree)
    {
        var drawing = new GraphDrawing(NarrowWidth);
        double y = Margin;
        drawing.AddBox(Margin, y + (GraphBox.Height / 2), NarrowWidth - (2 * Margin), tree.Key, tree.State, "this", null, "root");
        double trunk = y + GraphBox.Height;
        y += RowHeight;
        drawing.AddBranch(isNeeded: true, tree.Needs, tree.MoreNeeds, ref y, ref trunk);
        drawing.AddBranch(isNeeded: false, tree.NeededBy, tree.MoreNeededBy, ref y, ref trunk);
        drawing.Height = y - (RowHeight - GraphBox.Height) + Margin;
        return drawing;
    }

    private static double XOf(int column) => Margin + (column * (WideBox + WideGap));

    private static int DepthOf(IReadOnlyList<PrerequisiteNode> nodes) => nodes.Count == 0 ? 0 : 1 + nodes.Max(static node => DepthOf(node.Next));

    private static int RowsOf(IReadOnlyList<PrerequisiteNode> nodes, int more) =>
        nodes.Sum(static node => Math.Max(1, RowsOf(node.Next, node.More))) + (more > 0 ? 1 : 0);

    private static string Cut(string text, double width, double characterWidth = CharacterWidth)
    {
        int most = Math.Max(2, (int)(width / characterWidth));
        return text.Length <= most ? text : text[..(most - 1)] + "…";
    }

    // What is needed has to serve the variants; what needs it asks for them.
    private static string WordsOf(PrerequisiteNode node, bool isNeeded) =>
        node.Edge == PrerequisiteWords.Serves ? node.Edge : $"{(isNeeded ? "must serve" : "needs")} {node.Edge}";

    private void AddSide(IReadOnlyList<PrerequisiteNode> nodes, int more, int from, int direction, (double X, double Y) anchor, double middle)
    {
        int column = from + direction;
        double row = middle - (RowsOf(nodes, more) * RowHeight / 2);
        foreach (PrerequisiteNode node in nodes)
        {
            double height = Math.Max(1, RowsOf(node.Next, node.More)) * RowHeight;
            double y = row + (height / 2);
            double x = XOf(column);
            AddBox(x, y, WideBox, node.Key, node.State, $"{node.Key}, {node.State}: {WordsOf(node, direction < 0)}", node.Href, node.IsLive ? "live" : "idle");

            // The words stand at the far end of the line, where no other line meets it.
            double near = direction < 0 ? x + WideBox : x;
            _lines.Add(FormattableString.Invariant(
                $"M{near:0.#} {y:0.#} C{near - (direction * WideGap / 2):0.#} {y:0.#} {anchor.X + (direction * WideGap / 2):0.#} {anchor.Y:0.#} {anchor.X:0.#} {anchor.Y:0.#}"));
            _texts.Add(new GraphText(near - (direction * 5), y - 5, Cut(node.Edge, WideGap - 8, 6), direction < 0 ? "start" : "end"));
            AddSide(node.Next, node.More, column, direction, (direction < 0 ? x : x + WideBox, y), y);
            row += height;
        }

        if (more > 0)
        {
            _texts.Add(new GraphText(XOf(column) + (WideBox / 2), row + (RowHeight / 2) + 4, FormattableString.Invariant($"and {more} more"), "middle"));
        }
    }

    private void AddBranch(bool isNeeded, IReadOnlyList<PrerequisiteNode> nodes, int more, ref double y, ref double trunk)
    {
        if (nodes.Count > 0)
        {
            _texts.Add(new GraphText(Indent, y + 4, isNeeded ? "needs" : "is needed by"));
            y += 16;
            AddRows(isNeeded, nodes, more, Margin + Indent, ref y, ref trunk);
        }
    }

    /// <param name="isNeeded">Else they need what stands above them.</param>
    /// <param name="nodes">One below the other, each with those behind it.</param>
    /// <param name="more">How many are not shown.</param>
    /// <param name="x">Their left side.</param>
    /// <param name="y">Top of the next row.</param>
    /// <param name="trunk">Where the line that they hang on ends so far.</param>
    private void AddRows(bool isNeeded, IReadOnlyList<PrerequisiteNode> nodes, int more, double x, ref double y, ref double trunk)
    {
        foreach (PrerequisiteNode node in nodes)
        {
            double middle = y + (GraphBox.Height / 2);
            string words = WordsOf(node, isNeeded);
            AddBox(x, middle, NarrowWidth - x - Margin, node.Key, $"{node.State} · {words}", $"{node.Key}, {node.State}: {words}", node.Href, node.IsLive ? "live" : "idle");
            _lines.Add(FormattableString.Invariant($"M{x - (Indent / 2):0.#} {trunk:0.#} V{middle:0.#} H{x:0.#}"));
            trunk = middle;
            y += RowHeight;
            double branch = middle + (GraphBox.Height / 2);
            AddRows(isNeeded, node.Next, node.More, x + Indent, ref y, ref branch);
        }

        if (more > 0)
        {
            _texts.Add(new GraphText(x, y + 14, FormattableString.Invariant($"and {more} more")));
            y += RowHeight / 2;
        }
    }

    /// <param name="x">Left.</param>
    /// <param name="middle">Of its height.</param>
    /// <param name="width">Of it.</param>
    /// <param name="title">First line.</param>
    /// <param name="detail">Second line.</param>
    /// <param name="name">All of it in words.</param>
    /// <param name="href">Where it leads.</param>
    /// <param name="look">Class of its colours.</param>
    private void AddBox(double x, double middle, double width, string title, string detail, string name, string? href, string look) =>
        _boxes.Add(new GraphBox(
            x, middle - (GraphBox.Height / 2), width, Cut(title, width - 36), Cut(detail, width - 36, 6), name == "this" ? $"{title}, {detail}" : name, href, look));
}
