namespace Experiments.Dashboard.Models;

/// <summary>A flag or experiment in a drawing of prerequisites.</summary>
/// <param name="Key">Of it.</param>
/// <param name="Href">Its page; null where there is no such flag.</param>
/// <param name="State">on, off, archived, missing, or the status of an experiment.</param>
/// <param name="Edge">What ties it to the one before it, such as <c>on or blue</c>: the variants that have to be served.</param>
/// <param name="Next">Further away from the flag that the drawing is about.</param>
/// <param name="More">How many of those are not shown.</param>
public sealed record PrerequisiteNode(string Key, string? Href, string State, string Edge, IReadOnlyList<PrerequisiteNode> Next, int More)
{
    /// <summary>Whether it serves anything.</summary>
    public bool IsLive => State is "on" or "running";
}
