namespace Experiments.Client.Targeting;

/// <summary>How a run of instructions ends: in true or false (an audience), in a fault, or in an outcome of the snapshot, which is numbered
/// from <see cref="FirstOutcome"/> on.</summary>
internal static class Ending
{
    public const int False = 0;
    public const int True = 1;

    public const int FirstFault = 2;
    public const int FaultCount = 5;

    public const int Cycle = FirstFault;
    public const int Malformed = FirstFault + 1;
    public const int General = FirstFault + 2;
    public const int ParseError = FirstFault + 3;
    public const int Unmapped = FirstFault + 4;

    public const int FirstOutcome = FirstFault + FaultCount;

    private static readonly string[] FaultNames = ["CYCLE", "MALFORMED", "GENERAL", "PARSE_ERROR", "UNMAPPED"];

    public static bool IsFault(int ending) => ending is >= FirstFault and < FirstOutcome;

    public static string NameOf(int fault) => FaultNames[fault - FirstFault];

    /// <summary>Of the fault that data may name; 0 where it may not.</summary>
    public static int ParseFault(string name) => name switch
    {
        "MALFORMED" => Malformed,
        "GENERAL" => General,
        "PARSE_ERROR" => ParseError,
        "UNMAPPED" => Unmapped,
        _ => 0,
    };
}
