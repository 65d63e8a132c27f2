using Experiments.Client.Fuzz;
using SharpFuzz;

// Experiments.Client.Fuzz (snapshot|context) [--seconds N] [--seed S] [FILE...]
//   without options   one input from AFL's shared memory (afl-fuzz -- dotnet Experiments.Client.Fuzz.dll snapshot)
//   --seconds N       mutates the corpus for so long; prints the input that fails as base64 and ends with 1
//   FILE...           runs these files only
if (args.Length == 0 || FuzzTargets.Find(args[0]) is not { } target)
{
    await Console.Error.WriteLineAsync("usage: Experiments.Client.Fuzz (snapshot|context) [--seconds N] [--seed S] [FILE...]");
    return 2;
}

if (args.Length == 1)
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        target.Run(input.ToArray());
    });
    return 0;
}

return FuzzCommand.Run(target, args[1..]);
