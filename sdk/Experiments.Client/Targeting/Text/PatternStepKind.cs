namespace Experiments.Client.Targeting.Text;

/// <summary>What a step of a pattern's program does.</summary>
internal enum PatternStepKind : byte
{
    /// <summary>The text matches.</summary>
    Match,

    /// <summary>Goes on at two steps.</summary>
    Split,

    /// <summary>Consumes one character.</summary>
    Literal,

    /// <summary>Consumes one character that folds to the given one.</summary>
    FoldedLiteral,

    /// <summary>Consumes a character of a class.</summary>
    Set,

    /// <summary>Consumes any character.</summary>
    Any,

    /// <summary>Consumes any character except the line feed.</summary>
    AnyButLineFeed,

    /// <summary>Goes on if nothing is before. This and all that follow consume nothing.</summary>
    TextStart,

    /// <summary>Goes on if nothing follows, not even a line feed.</summary>
    TextEnd,

    /// <summary>Goes on after a line feed too.</summary>
    LineStart,

    /// <summary>Goes on before a line feed too.</summary>
    LineEnd,

    /// <summary>Goes on between a word character and another one.</summary>
    WordBoundary,

    /// <summary>Goes on everywhere else.</summary>
    NoWordBoundary,
}
