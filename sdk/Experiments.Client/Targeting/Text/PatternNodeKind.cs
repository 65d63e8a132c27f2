namespace Experiments.Client.Targeting.Text;

/// <summary>What a part of a pattern matches.</summary>
internal enum PatternNodeKind : byte
{
    /// <summary>The empty text.</summary>
    Empty,

    /// <summary>One character, or the empty text where an assertion holds: what one step of the program does.</summary>
    Step,

    /// <summary>All children, one after the other.</summary>
    Sequence,

    /// <summary>One of the children.</summary>
    Choice,

    /// <summary>The only child, several times.</summary>
    Repeat,
}
