using Xunit.Sdk;

namespace Experiments.Tests.Support;

/// <summary>How to start each <see cref="ProductProgram"/>.</summary>
internal static class ProductProgramFiles
{
    private const string NativeVariable = "EXPERIMENTS_DECIDE_BINARY";

    /// <summary>
    /// What a program gets beside this process's environment: nothing that would change its configuration (null removes a
    /// variable), and no search for credentials on the machine's network.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Environment { get; } = FindEnvironment();

    /// <summary>Program file and first arguments.</summary>
    public static (string FileName, string[] Arguments) CommandFor(ProductProgram program) => program switch
    {
        ProductProgram.Server => (Dotnet(), [Repository.BuiltAssembly("server/Experiments.Server")]),
        ProductProgram.Decide => (Dotnet(), [Repository.BuiltAssembly("server/Experiments.Decide")]),
        ProductProgram.DecideNative => (NativeDecide(), []),
        _ => throw new ArgumentOutOfRangeException(nameof(program), program, "Unknown program."),
    };

    private static string Dotnet() => System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string NativeDecide()
    {
        string path = System.Environment.GetEnvironmentVariable(NativeVariable) is { Length: > 0 } named
            ? named
            : Repository.PathOf("artifacts", "decide", "Experiments.Decide");
        return File.Exists(path)
            ? path
            : throw new XunitException($"{path} is not there: tests/run.sh publishes it (or set {NativeVariable}).");
    }

    private static Dictionary<string, string?> FindEnvironment()
    {
        Dictionary<string, string?> variables = new(StringComparer.Ordinal) { ["AWS_EC2_METADATA_DISABLED"] = "true" };
        foreach (string name in System.Environment.GetEnvironmentVariables().Keys)
        {
            if (name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
                || name.StartsWith("Experiments__", StringComparison.OrdinalIgnoreCase)
                || name is "DOTNET_ENVIRONMENT" or "DOTNET_URLS")
            {
                variables[name] = null;
            }
        }

        return variables;
    }
}
