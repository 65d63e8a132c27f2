using System.Globalization;

namespace Experiments.Client.Fuzz;

/// <summary>The mode without AFL.</summary>
internal static class FuzzCommand
{
    public static int Run(FuzzTarget target, string[] args)
    {
        TimeSpan duration = TimeSpan.Zero;
        int seed = 1;
        List<byte[]> files = [];
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--seconds":
                    duration = TimeSpan.FromSeconds(double.Parse(args[++i], CultureInfo.InvariantCulture));
                    break;
                case "--seed":
                    seed = int.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                default:
                    files.Add(File.ReadAllBytes(args[i]));
                    break;
            }
        }

        var run = new FuzzRun(target, files.Count > 0 ? files : Corpus.Read(target.Name), seed);
        long count = run.RunCorpus();
        long start = TimeProvider.System.GetTimestamp();
        while (run.Failure is null && TimeProvider.System.GetElapsedTime(start) < duration)
        {
            count += run.RunMutations(1_000);
        }

        Console.WriteLine($"{target.Name}: {count} inputs, {run.Accepted} accepted, seed {seed}");
        if (run.Failure is not { } failure)
        {
            return 0;
        }

        Console.WriteLine(failure);
        return 1;
    }
}
